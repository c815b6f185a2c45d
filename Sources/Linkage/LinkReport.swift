package import Tabular

/// What linking one source came to, in identities and in rows.
///
/// linked + unlinked = accepted, both ways; the reasons add up to unlinked, the passes to linked.
/// Without a spine all are linked, and reasons tell of pairs to look at.
package struct LinkReport: Sendable, Hashable {
  /// So many identities, with so many rows.
  package struct Volume: Sendable, Hashable {
    package internal(set) var identities = 0
    package internal(set) var rows = 0

    mutating func add(rows count: Int32) {
      identities += 1
      rows += Int(count)
    }
  }

  /// What one exact pass did.
  package struct Pass: Sendable, Hashable {
    package internal(set) var linked = Volume()
    /// Pairs that `unless` refused.
    package internal(set) var vetoes = 0
    /// Pairs refused because both have a BSN and these differ.
    package internal(set) var bsnConflicts = 0
    /// Distinct keys that met several residents.
    package internal(set) var ambiguousKeys = 0
    /// Identities whose resident belongs to another client; one-to-one only.
    package internal(set) var taken = 0
    /// The pass asks for a column that the spine or the source lacks.
    package internal(set) var skipped = false
    /// The share of its links that are false, in 0...1, as rehearsed on clients whose BSN was hidden.
    ///
    /// Nil for a pass on the BSN, and where too few clients have one.
    package internal(set) var falseShare: Double?
  }

  package let linked: Volume
  package let unlinked: Volume
  /// One a pass, in file order.
  package let passes: [Pass]
  /// What people judged to be one person, before any pass.
  package internal(set) var reviewed = Pass()
  /// Of what no pass linked; nil when the stage weighs nothing.
  package let weighed: ProbabilisticReport?
  /// How its identities became clients; nil where nobody asked.
  package let deduplicated: DeduplicationReport?
  /// What somebody should look at.
  package internal(set) var reviews = ReviewQueue()
  /// Only reasons that occur.
  package let reasons: [UnlinkedReason: Volume]

  package var accepted: Volume {
    Volume(
      identities: linked.identities + unlinked.identities,
      rows: linked.rows + unlinked.rows
    )
  }

  /// The share of the rows that no resident was found for, in 0...1; 0 without records.
  package var unlinkedRowShare: Double {
    Double(unlinked.rows) / Double(max(1, accepted.rows))
  }

  /// The share of the identities that no resident was found for, in 0...1; 0 without records.
  package var unlinkedIdentityShare: Double {
    Double(unlinked.identities) / Double(max(1, accepted.identities))
  }

  /// The worse of the two: what the thresholds of a pipeline are about.
  package var unlinkedShare: Double { max(unlinkedRowShare, unlinkedIdentityShare) }

  /// Of a source whose records are joined to persons: everybody is linked.
  ///
  /// - Parameters:
  ///   - links: one an identity.
  ///   - rowCounts: how many rows each has.
  ///   - passCount: of the stage.
  package init(of links: Links, rowCounts: [Int32], passCount: Int) {
    var passes = Array(repeating: Pass(), count: passCount)
    for identity in links.passes.indices {
      let pass = Int(links.passes[identity])
      if passes.indices.contains(pass) { passes[pass].linked.add(rows: rowCounts[identity]) }
    }
    self.init(
      links: links,
      rowCounts: rowCounts,
      passes: passes,
      weighed: nil,
      deduplicated: nil
    )
  }

  init(
    links: Links,
    rowCounts: [Int32],
    passes: [Pass],
    weighed: ProbabilisticReport?,
    deduplicated: DeduplicationReport?
  ) {
    var linked = Volume()
    var unlinked = Volume()
    var reasons: [UnlinkedReason: Volume] = [:]
    for identity in links.persons.indices {
      if let reason = links.reasons[identity] {
        reasons[reason, default: Volume()].add(rows: rowCounts[identity])
      }
      if links.persons[identity] < 0 {
        unlinked.add(rows: rowCounts[identity])
      } else {
        linked.add(rows: rowCounts[identity])
      }
    }
    self.linked = linked
    self.unlinked = unlinked
    self.passes = passes
    self.weighed = weighed
    self.deduplicated = deduplicated
    self.reasons = reasons
  }
}
