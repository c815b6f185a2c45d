package import PipelineFile

/// What a pair weighs, piece by piece, and what it competes with.
///
/// The pieces add up to the weight to the unit, for they are the model's own.
package struct Explanation: Sendable, Hashable {
  /// What two values of a column have in common.
  package enum State: Sendable, Hashable {
    case level(Comparison.Level)
    /// Both are there, and no level holds.
    case otherwise
    /// A value lacks, and nothing is known.
    case missing
  }

  /// What agreement on a rare value adds.
  package struct Frequency: Sendable, Hashable {
    /// The share of the records of both sides that have the value, in 0...1.
    package let share: Double
    /// In 1/65,536 bit.
    package let weight: Int32
  }

  /// One comparison.
  package struct Step: Sendable, Hashable {
    package let column: String
    package let state: State
    /// How often true pairs are like that, in 0...1; nil where nothing is known.
    package let m: Double?
    /// The same of different people.
    package let u: Double?
    /// In 1/65,536 bit; nil where the joint level stands for it.
    package let weight: Int32?
    /// Nil where the value does not count.
    package let frequency: Frequency?
  }

  /// Columns whose agreement is weighed as one.
  package struct Joint: Sendable, Hashable {
    package let columns: [String]
    package let m: Double
    package let u: Double
    /// In 1/65,536 bit.
    package let weight: Int32
  }

  /// Another resident that some rule found for the same client.
  package struct Rival: Sendable, Hashable {
    /// Without the prior, in 1/65,536 bit.
    package let weight: Int32
    package let probability: Double
  }

  package internal(set) var pair: AskedPair
  /// In file order.
  package let steps: [Step]
  /// Nil where none holds.
  package let joint: Joint?
  /// log₂(m/u) of all that agrees and differs, in 1/65,536 bit.
  package let weight: Int32
  /// How likely it is the same person; nil for a pair that did not compete.
  package let probability: Double?
  /// Best first.
  package let rivals: [Rival]
  /// How likely it is nobody of the spine; nil for a client that no rule found anybody for.
  package let nobody: Double?
}
