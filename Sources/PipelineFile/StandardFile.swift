package import Diagnostics

/// A CSV of a standard population, cut by `;`: a column for each of the strata, and `weight`.
package struct StandardFile: Sendable, Hashable {
  /// Relative to the folder of the file that names it already resolved.
  package let path: String
  /// The columns of persons that it is cut by.
  package let strata: [String]
  /// Where the pipeline names it.
  package let place: Place
  /// From 0, by the labels of the strata in their order; empty until the file was read.
  package var weights: [[String]: Double] = [:]
  /// The SHA-256 of the file, once it was read; empty before.
  package var digest = ""

  /// A file that is yet to be read.
  package init(path: String, strata: [String], place: Place) {
    self.path = path
    self.strata = strata
    self.place = place
  }
}

extension AggregateStage {
  /// The standard populations that its measures name, each as often as it is named.
  package var standards: [StandardFile] {
    tables.flatMap(\.measures).compactMap { measure in
      if case .standardised(_, _, _, _, let standard) = measure.kind { standard } else { nil }
    }
  }

  /// The stage with its standard populations as `read` gives them.
  package func readingStandards<Fault: Error>(
    _ read: (StandardFile) throws(Fault) -> StandardFile
  ) throws(Fault) -> AggregateStage {
    func reading(_ measures: [Measure]) throws(Fault) -> [Measure] {
      var known = measures
      for place in measures.indices {
        guard
          case .standardised(let of, let per, let by, let strata, let file?) = measures[place].kind
        else { continue }
        known[place].kind = .standardised(
          of: of,
          per: per,
          by: by,
          strata: strata,
          to: try read(file)
        )
      }
      return known
    }
    var stage = self
    for table in tables.indices {
      switch tables[table].content {
      case .measures(let measures): stage.tables[table].content = .measures(try reading(measures))
      case .lenses(let measures, let lenses):
        stage.tables[table].content = .lenses(try reading(measures), lenses)
      default: continue
      }
    }
    return stage
  }
}
