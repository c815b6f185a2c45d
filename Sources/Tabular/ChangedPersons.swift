/// The persons whose part of a number differs between two versions of it.
///
/// The difference of the versions' power sums is that of these persons alone: a sequence of which the
/// shortest linear recurrence is as long as they are many, and has their elements for roots (Ben-Or and
/// Tiwari, 1988; the recurrence is found by Massey's algorithm, 1969).
package struct ChangedPersons: Sendable {
  /// How many; of `minimum` or more, as many.
  package let count: Int
  /// Of the recurrence, from the highest power down; it begins with 1.
  private let coefficients: [UInt64]

  /// - Parameters:
  ///   - earlier: `PowerSums` of a number, 2·`minimum` − 1 terms.
  ///   - later: as many.
  package init(from earlier: [UInt64], to later: [UInt64]) {
    let sequence = PowerSums.difference(later, earlier)
    guard sequence.contains(where: { $0 != 0 }) else {
      (count, coefficients) = (0, [1])
      return
    }
    let terms = sequence.count
    var (current, before) = ([UInt64](repeating: 0, count: terms + 1), [UInt64(1)])
    current[0] = 1
    var (length, distance, scale) = (0, 1, UInt64(1))
    for place in sequence.indices {
      var fault = sequence[place]
      for back in 0..<length {
        fault = PowerSums.sum(
          fault,
          PowerSums.product(current[back + 1], sequence[place - back - 1])
        )
      }
      if fault == 0 {
        distance += 1
        continue
      }
      let kept = length
      let saved = Array(current[0...kept])
      let factor = PowerSums.negative(PowerSums.product(fault, PowerSums.inverse(of: scale)))
      for (power, coefficient) in before.enumerated() where power + distance <= terms {
        current[power + distance] = PowerSums.sum(
          current[power + distance],
          PowerSums.product(factor, coefficient)
        )
      }
      if 2 * kept <= place {
        (length, before, scale, distance) = (place + 1 - kept, saved, fault, 1)
      } else {
        distance += 1
      }
    }
    count = length
    coefficients = Array(current[0...length])
  }

  /// Whether a person is one of them.
  ///
  /// - Parameter person: their element.
  /// - Returns: nothing of worth where `count` is `minimum`.
  package func contains(_ person: UInt64) -> Bool {
    var value: UInt64 = 0
    for coefficient in coefficients {
      value = PowerSums.sum(PowerSums.product(value, person), coefficient)
    }
    return value == 0
  }

  /// The element of the one whose part differs; nil where there are others.
  package var only: UInt64? { count == 1 ? PowerSums.negative(coefficients[1]) : nil }
}

extension SetKey {
  /// What a person is in power sums.
  package var element: UInt64 { PowerSums.element(of: self) }
}
