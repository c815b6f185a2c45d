import Tabular

/// Whether two records are judged to be two persons that are one through others.
func judgementsContradict(_ judged: [(one: Token, other: Token, isSame: Bool)]) -> Bool {
  var persons: [Token: Token] = [:]
  func person(_ record: Token) -> Token {
    var record = record
    while let other = persons[record] { record = other }
    return record
  }
  for pair in judged where pair.isSame {
    let (one, other) = (person(pair.one), person(pair.other))
    if one != other { persons[one] = other }
  }
  return judged.contains { !$0.isSame && person($0.one) == person($0.other) }
}
