/// Errors as typists make them.
enum TypingError {
  /// A number of nine digits with one digit changed; it fails the eleven-test if it passed.
  static func mistyped(_ number: Int, _ draw: Int) -> Int {
    // Every weight of the test shares no factor with eleven, so one changed digit always shows.
    let places = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]
    let place = places[Int(draw.magnitude % UInt(places.count))]
    let digit = number / place % 10
    return number + ((digit + 1) % 10 - digit) * place
  }

  /// A name with one letter left out, doubled, swapped with its neighbour or replaced.
  static func mistyped(_ name: String, _ random: inout RandomStream) -> String {
    var letters = Array(name)
    guard letters.count >= 3 else { return name }
    let place = 1 + random.below(letters.count - 2)
    switch random.below(4) {
    case 0: letters.remove(at: place)
    case 1: letters.insert(letters[place], at: place)
    case 2 where letters[place] != letters[place + 1]: letters.swapAt(place, place + 1)
    default:
      let others = Array("aeionrst").filter { $0 != letters[place] }
      letters[place] = others[random.below(others.count)]
    }
    return String(letters)
  }

  /// A name as old software keeps it: without marks on the letters.
  static func withoutMarks(_ name: String) -> String {
    String(name.flatMap { plainLetters[$0] ?? String($0) })
  }

  private static let plainLetters: [Character: String] = {
    let pairs = """
      áa àa âa ãa äa åa ąa çc ćc čc ée èe êe ëe ęe íi ìi îi ïi ıi ñn ńn óo òo ôo õo öo øo śs şs
      šs ßss úu ùu ûu üu ýy ÿy źz żz žz łl đd ğg řr țt ÁA ÅA ÇC ĆC ČC ÉE ËE İI ÏI ÑN ÓO ÖO ØO ŚS
      ŞS ŠS ÚU ÜU ŹZ ŻZ ŽZ ŁL ĐD ŘR ȚT
      """
    var letters: [Character: String] = [:]
    for pair in pairs.split(whereSeparator: { $0 == " " || $0.isNewline }) {
      if let marked = pair.first { letters[marked] = String(pair.dropFirst()) }
    }
    return letters
  }()
}
