/// An Lg01 message as tests write it.
struct Lo3Message {
  var key = "00000001"
  var kind = "Lg01"
  var time = "20260802031500000"
  var categories: [(number: String, elements: [(number: String, value: [UInt8])])]
  /// Added to the length that the head gives.
  var lengthError = 0

  init(_ categories: [(String, [(String, String)])]) {
    self.categories = categories.map { category in
      (category.0, category.1.map { ($0.0, Array($0.1.utf8)) })
    }
  }

  /// A person with everything that is read, and canaries where nothing is.
  static var full: Lo3Message {
    Lo3Message([
      (
        "01",
        [
          ("0110", "1234567890"), ("0120", "123456782"), ("0210", "Aafje Maria"), ("0230", "van"),
          ("0240", "Gaastra"), ("0310", "19680503"), ("0410", "V"), ("6110", "E"),
          ("8110", "0518"), ("8120", "1AKanarie"),
        ]
      ),
      ("51", [("0240", "Kanarie"), ("0120", "999990019")]),
      ("02", [("0120", "999990019"), ("0240", "Kanarie")]),
      ("03", [("0240", "Kanarie")]), ("04", [("0510", "0001")]),
      ("05", [("0240", "Kanarie")]), ("55", [("0240", "Kanarie")]),
      ("07", [("7010", "0")]),
      (
        "08",
        [
          ("0910", "0518"), ("0920", "20040404"), ("1010", "W"), ("1030", "20040405"),
          ("1110", "Kanarie"), ("1120", "58"), ("1130", "a"), ("1140", "bis"), ("1160", "2597LD"),
          ("1180", "0518010001756246"), ("1210", "Kanarie"),
        ]
      ),
      ("58", [("0910", "0599"), ("1160", "7001AB")]),
      ("09", [("0120", "999990019"), ("0240", "Kanarie")]),
      ("10", [("3910", "Kanarie")]), ("12", [("3510", "Kanarie")]),
    ])
  }

  /// Sets an element, in the first category of that number.
  func with(_ category: String, _ element: String, _ value: [UInt8]?) -> Lo3Message {
    var other = self
    if !other.categories.contains(where: { $0.number == category }) {
      other.categories.append((category, []))
    }
    guard let place = other.categories.firstIndex(where: { $0.number == category }) else {
      return other
    }
    other.categories[place].elements.removeAll { $0.number == element }
    if let value { other.categories[place].elements.append((element, value)) }
    return other
  }

  func with(_ category: String, _ element: String, _ value: String) -> Lo3Message {
    with(category, element, Array(value.utf8))
  }

  static func digits(_ number: Int, _ count: Int) -> [UInt8] {
    let text = String(number)
    return Array((String(repeating: "0", count: max(0, count - text.count)) + text).utf8)
  }

  var bytes: [UInt8] {
    var body: [UInt8] = []
    for category in categories {
      var elements: [UInt8] = []
      for element in category.elements {
        elements += Array(element.number.utf8) + Self.digits(element.value.count, 3) + element.value
      }
      body += Array(category.number.utf8) + Self.digits(elements.count, 3) + elements
    }
    return Array((key + kind + time + "1234567890" + "0000000000").utf8)
      + Self.digits(body.count + lengthError, 5) + body
  }
}
