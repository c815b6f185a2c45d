import Tabular

extension JSONValue {
  /// A number of things.
  static func count(_ number: Int) -> JSONValue { .integer(Int64(number)) }

  /// Numbers by name; those that are 0 are left out.
  static func counts(_ numbers: [String: Int]) -> JSONValue {
    .object(numbers.filter { $0.value != 0 }.mapValues { .count($0) })
  }
}
