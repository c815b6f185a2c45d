package import Diagnostics

/// Something that a delivery must come to before any of its rows counts.
package struct Expectation: Sendable, Hashable {
  /// What is looked at.
  package enum Subject: Sendable, Hashable {
    /// The number of rows as they were sent: rejected, replaced and removed ones too.
    case rows
    /// The sum of a column over all rows where it could be read, in its stored unit.
    case sum(column: String)
  }

  /// What it must be.
  package enum Bound: Sendable, Hashable {
    /// So near to the previous delivery; a share in 0...1.
    case withinPrevious(Double)
    /// One of these numbers.
    case range(ClosedRange<Int64>)
    /// In each file what its trailer says.
    case trailer
  }

  package let subject: Subject
  package let bound: Bound
  /// Whether it stops the run; else it is only told.
  package let isGate: Bool
  package let place: Place
}

extension Source {
  /// The columns that an expectation adds up, each once, in their order.
  package var summedColumns: [String] {
    var names: [String] = []
    for expectation in expectations {
      guard case .sum(let column) = expectation.subject, !names.contains(column) else { continue }
      names.append(column)
    }
    return names
  }
}
