/// The elements of a person of LO3 that are read, whatever form they are written in.
///
/// Source: Logisch Ontwerp GBA 3. What is not listed here is read in no form: relatives (02, 03, 05,
/// 09, a BSN in each), 04, 10–13, history (a category + 50), deeds and free text (groups 81, 82).
enum Lo3Elements {
  struct Element: Sendable {
    /// 1 of 01.02.40.
    let category: Int
    /// 0240 of 01.02.40.
    let number: Int
    /// The column that it fills alone; empty for one that decides about others.
    let column: String

    /// As the standard writes it: 01.02.40.
    var name: String {
      [category, number / 100, number % 100].map { ($0 < 10 ? "0" : "") + String($0) }
        .joined(separator: ".")
    }
  }

  /// In the order of the standard; an element is told by its place here.
  static let all: [Element] = [
    Element(category: 1, number: 0110, column: "a_number"),
    Element(category: 1, number: 0120, column: "bsn"),
    Element(category: 1, number: 0210, column: "first_names"),
    Element(category: 1, number: 0230, column: "prefix"),
    Element(category: 1, number: 0240, column: "surname"),
    Element(category: 1, number: 0310, column: "birth_date"),
    Element(category: 1, number: 0410, column: "sex"),
    Element(category: 1, number: 6110, column: "name_use"),
    Element(category: 1, number: investigation, column: ""),
    Element(category: 1, number: correctness, column: ""),
    Element(category: 6, number: 0810, column: "death_date"),
    Element(category: 6, number: correctness, column: ""),
    Element(category: 7, number: 6720, column: "suspended"),
    Element(category: 7, number: 7010, column: "secrecy"),
    Element(category: 7, number: correctness, column: ""),
    Element(category: 8, number: 0910, column: "municipality"),
    Element(category: 8, number: 0920, column: "municipality_since"),
    Element(category: 8, number: 1010, column: "address_kind"),
    Element(category: 8, number: 1030, column: "address_since"),
    Element(category: 8, number: 1120, column: "house_number"),
    Element(category: 8, number: 1130, column: "house_letter"),
    Element(category: 8, number: 1140, column: "house_suffix"),
    Element(category: 8, number: 1160, column: "postcode"),
    Element(category: 8, number: 1180, column: "address_object"),
    Element(category: 8, number: investigation, column: ""),
    Element(category: 8, number: correctness, column: ""),
  ]

  /// Group 83: what is under investigation; filled means that something is.
  static let investigation = 8310
  /// Group 84: `O` says that the category is wrong.
  static let correctness = 8410

  /// The place of an element in `all`, or -1: it is not read.
  static func place(category: Int, number: Int) -> Int {
    // Twenty-six are fewer than a dictionary is worth.
    for place in all.indices where all[place].number == number && all[place].category == category {
      return place
    }
    return -1
  }

  /// Whether anything of a category is read.
  static func isRead(category: Int) -> Bool {
    switch category {
    case 1, 6, 7, 8: true
    default: false
    }
  }

  /// The word for a letter of 01.04.10; nil for one that the standard does not have.
  static func sexWord(_ letter: UInt8) -> StaticString? {
    switch letter {
    case UInt8(ascii: "M"): "male"
    case UInt8(ascii: "V"): "female"
    case UInt8(ascii: "O"): "unknown"
    default: nil
    }
  }

  /// 01.02.40 of somebody whose surname is not known.
  static let unknownSurname: StaticString = "."
  /// 08.09.10 of somebody who lives in no municipality.
  static let noMunicipality: StaticString = "1999"
}
