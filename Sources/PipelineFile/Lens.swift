/// One aim of the Triple Aim, with its indicators (Berwick, Nolan and Whittington, 2008).
package struct Lens: Sendable {
  /// The three aims; each stands in every table of lenses.
  package enum Aim: String, Sendable, CaseIterable { case health, experience, cost }

  /// Which way is better.
  package enum Direction: String, Sendable, CaseIterable { case lower, higher }

  package let aim: Aim
  /// In file order, by the names of measures; none where the region has no source for it.
  package let indicators: [(measure: String, better: Direction)]
}

/// An outcome and what it costs, of the same persons.
package struct ValueDefinition: Sendable {
  /// A number of each person.
  package let outcome: TypedExpression
  package let cost: TypedExpression
  /// For so many of the cost: euros where it is money.
  package let per: Int64
}
