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
  /// The difference of the power sums.
  private let sequence: [UInt64]

  /// - Parameters:
  ///   - earlier: `PowerSums` of a number, 2·`minimum` − 1 terms.
  ///   - later: as many.
  package init(from earlier: [UInt64], to later: [UInt64]) {
    let sequence = PowerSums.difference(later, earlier)
    self.sequence = sequence
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

  /// How much more a person brings to the later version.
  ///
  /// - Parameter person: their key.
  /// - Returns: nil where he brings as much as before, or where `minimum` persons or more differ.
  package func part(of person: SetKey) -> Int64? {
    guard count > 0, 2 * count < sequence.count + 1 else { return nil }
    let element = PowerSums.element(of: person)
    // Horner's rule; what it leaves on the way is the recurrence of all others.
    var others: [UInt64] = []
    var value: UInt64 = 0
    for coefficient in coefficients {
      others.append(value)
      value = PowerSums.sum(PowerSums.product(value, element), coefficient)
    }
    guard value == 0 else { return nil }
    // Over the sequence it leaves nothing of the others, and of this one a known multiple of the part.
    var (left, factor) = (UInt64(0), UInt64(0))
    for (place, coefficient) in others.dropFirst().enumerated() {
      let term = sequence[count - 1 - place]
      left = PowerSums.sum(left, PowerSums.product(coefficient, term))
      factor = PowerSums.sum(PowerSums.product(factor, element), coefficient)
    }
    let multiple = PowerSums.product(factor, element)
    guard multiple != 0 else { return nil }
    let part = PowerSums.product(left, PowerSums.inverse(of: multiple))
    return part > PowerSums.modulus / 2
      ? -Int64(PowerSums.modulus - part) : Int64(part)
  }
}
