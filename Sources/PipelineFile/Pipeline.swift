// The declarative file: YAML tree, definitions, validation.
//
// Owns the meaning of a pipeline file. It reads pipeline files and nothing else: no extract, no
// key, no clock. Whoever holds a `Pipeline` holds a valid one: every name in it resolves, every
// expression is typed.

package import Diagnostics
package import Tabular

/// A valid pipeline: the five stages of a night, every name resolved.
package struct Pipeline: Sendable {
  package let name: String
  package let title: String
  package let owner: String
  package let purpose: Purpose
  /// Made-up data: test numbers may be published, demo keys may be used.
  package internal(set) var sample: Bool
  /// Nil when the file names no period.
  package let period: Period?
  package internal(set) var keys: [String: KeySource]
  /// In file order.
  package internal(set) var sources: [Source]
  package internal(set) var pseudonymise: PseudonymiseStage
  package internal(set) var link: LinkStage
  package private(set) var aggregate: AggregateStage
  package internal(set) var publish: PublishStage
  /// In file order.
  package var cases: [PipelineCase] = []
  /// The path of the file, as given.
  package let path: String
  /// Each file that was read for it, the main one first, with the bytes that were read.
  package let files: [(path: String, bytes: [UInt8])]
  /// Warnings and notes about the file, in file order; errors are never among them.
  package var warnings: [Diagnostic] = []

  /// The same pipeline with sources that know more than the file says.
  package func with(_ sources: [Source]) -> Pipeline {
    var other = self
    other.sources = sources
    return other
  }

  /// The same pipeline with an aggregate stage that knows more than the file says.
  package func with(_ aggregate: AggregateStage) -> Pipeline {
    var other = self
    other.aggregate = aggregate
    return other
  }

  /// The source of that name, or nil.
  package func source(named name: String) -> Source? { sources.first { $0.name == name } }
  package var spine: Source? { link.spine.flatMap { source(named: $0) } }
}

/// Why the data may be used; goes into the privacy log with every run.
package struct Purpose: Sendable, Hashable {
  package let text: String
  package let basis: String
}

/// The month or year that a run is about.
package struct Period: Sendable, Hashable {
  /// How long a period is.
  package enum Unit: String, Sendable, CaseIterable { case month, year }
  package let unit: Unit
  package let firstDay: CivilDate
  package let lastDay: CivilDate
  /// `2026-08`, or `2026`.
  package let label: String
}

/// Where the bytes of a key come from; never a value.
package indirect enum KeySource: Sendable, Hashable {
  /// A file in `$CREDENTIALS_DIRECTORY`, where systemd puts it.
  case credential(String)
  /// A path, relative to the file that names it already resolved.
  case file(String)
  /// Two halves in two hands; each a credential or a file.
  case halves(KeySource, KeySource)
  /// The suppliers keep the key; 16 hexadecimal digits tell which it is.
  case fingerprint(String)

  /// The paths of the files that it names.
  package var paths: [String] {
    switch self {
    case .file(let path): [path]
    case .halves(let first, let second): first.paths + second.paths
    case .credential, .fingerprint: []
    }
  }
}

/// One kind of extract.
package struct Source: Sendable {
  package let name: String
  package let domain: String
  package internal(set) var format: Format
  /// A glob, variables replaced, relative to the folder of the file that names it already resolved.
  ///
  /// What variables put in is escaped by `\\`, so that it means itself.
  package let files: String
  package var columns: [SourceColumn]
  package let rejects: RejectThresholds
  package var drift = DriftPolicy()
  /// What every document is checked against; nil for nothing.
  package var schema: SchemaFile?
  /// The limits that are other than those of the format.
  package var limitChanges: [SourceLimits.Key: Int] = [:]
  package let place: Place
  /// What becomes of late, repeated and corrected files.
  package var delivery = DeliveryPolicy()
  /// What a delivery must come to, in file order.
  package var expectations: [Expectation] = []
  /// Whether `files` names the period: then a file belongs to one period only.
  package var isByPeriod = false
  /// The latest first, at most twelve; only where a late delivery may be stood in for.
  package var earlierFiles: [PeriodFiles] = []
  /// Those of the other periods that tables look at, the earliest first; only where `files` names the
  /// period and `time` tells which rows are of which.
  package internal(set) var otherFiles: [PeriodFiles] = []
  /// What a supplier has made of it before it came; nil for an extract in clear.
  package var arrival: Arrival?
  /// The column that names a row for `evaluate` and `explain` and is dropped; nil: its number does.
  package var recordKey: String?

  /// The columns as the pipeline file declares them, whatever arrives of them.
  package var declaredColumns: [SourceColumn] { arrival?.declared ?? columns }

  /// How much the files may ask of us.
  package var limits: SourceLimits { SourceLimits(of: format, limitChanges) }

  /// The column of that name, or nil.
  package func column(named name: String) -> SourceColumn? { columns.first { $0.name == name } }
}

/// A column that a source offers to the stages after it.
package struct SourceColumn: Sendable {
  /// What the pipeline calls it.
  package let name: String
  /// What the extract calls it: the header of a CSV column, the name of a format's column.
  package let sourceName: String
  /// `wmo:{}`: text around the value; nil without.
  package let pattern: String?
  package let type: ColumnType
  package let privacyClass: PrivacyClass
  /// A row without it is rejected; so is a row in which it is faulty.
  package let required: Bool
  package let unique: Bool
  /// For `code`: what the extract writes, and what it becomes.
  package var values: [CodeValue]
  /// For `integer`, `decimal` and `money`, in the stored unit.
  package let range: ClosedRange<Int64>?
  /// For `text` and `code`: a POSIX extended expression that the whole value must match.
  package let textPattern: String?
  /// For `money`: the extract gives euros with decimals, not whole cents.
  package let euros: Bool
  /// Where it stands; nil when its name tells.
  package var address: ColumnAddress? = nil
  /// A code list that stands in a file; once it was read, `values` hold it.
  package var codes: CodeListForm? = nil
  package var unknown = UnknownCode.missing
  package var successors: SuccessorForm? = nil
  /// The column is not of the extract: it is looked up.
  package var lookup: LookupForm? = nil
  package var region: RegionLevel? = nil
  package let place: Place
  /// What a supplier has made of it before it came; nil for a column in clear.
  package var arrived: ArrivedColumn? = nil
}

extension SourceColumn {
  /// A column that is called as in the extract and taken as it stands there.
  init(
    _ name: String,
    _ type: ColumnType,
    _ privacyClass: PrivacyClass,
    required: Bool = false,
    values: [CodeValue] = [],
    place: Place
  ) {
    self.init(
      name: name,
      sourceName: name,
      pattern: nil,
      type: type,
      privacyClass: privacyClass,
      required: required,
      unique: false,
      values: values,
      range: nil,
      textPattern: nil,
      euros: false,
      place: place
    )
  }
}

/// A code of the extract and what it becomes.
package struct CodeValue: Sendable, Hashable {
  package let written: String
  package let meaning: String

  package init(written: String, meaning: String) {
    self.written = written
    self.meaning = meaning
  }
}

/// Shares of rejected rows, in 0...1.
package struct RejectThresholds: Sendable, Hashable {
  package let warnAbove: Double?
  package let failAbove: Double?
}

/// What becomes of each column; what is not named is dropped.
package struct PseudonymiseStage: Sendable {
  /// A name of `Pipeline.keys`.
  package internal(set) var key: String
  /// Variables replaced; never empty.
  package let release: String
  /// The scope of the first level, variables replaced; never empty.
  package let sourceRelease: String
  /// In file order; each is a column of at least one source.
  package let columns: [ColumnPolicy]
  /// Persons who object; nil without a list.
  package var optOut: OptOut? = nil
  /// A source of fewer persons is refused.
  package var minimumPersons: Int64 = 100
  /// The folder in which the first level is handed over; nil where the second is made.
  package var handOver: String? = nil
  /// Filters of whole records for a partner; nil for none.
  package var clk: RecordFilterForm? = nil

  /// What becomes of that column; nil when it is dropped.
  package func policy(for column: String) -> ColumnPolicy? { columns.first { $0.column == column } }
}

/// What becomes of one column in every source that has it.
package struct ColumnPolicy: Sendable {
  package let column: String
  /// The label of its token, or nil for no token.
  package let token: String?
  /// The label of its Bloom filter, or nil for none; that of its token, where it has one.
  package let bloom: String?
  package let keep: Keep
  /// Why its numbers are not those of persons though they pass the test of a BSN; nil unless somebody
  /// has looked.
  package var reviewed: String? = nil
  package let place: Place

  /// Whether a token, a filter or a part of it stays; else it is dropped.
  package var leavesSomething: Bool { token != nil || bloom != nil || keep != .nothing }
}

/// What stays of a column beside its token.
package enum Keep: String, Sendable {
  case nothing
  /// As it is.
  case value
  /// Column `<name>_year` stays.
  case year
  /// Column `<name>_pc4` stays: the four digits.
  case pc4
}

/// Persons, tables, and how they are protected.
package struct AggregateStage: Sendable {
  /// Derived person columns, in file order; each may use those before it.
  package internal(set) var persons: [DerivedColumn]
  package internal(set) var tables: [TableDefinition]
  package internal(set) var protect: Protection
  /// What areas there are, and which region they belong to; nil without.
  package internal(set) var areas: AreaFile? = nil
  /// Nil when the file names no period.
  package internal(set) var period: Period? = nil
  /// Nil: everyone in the extract counts.
  package internal(set) var population: PopulationDefinition? = nil
  /// By source; the rows of others all count, whatever the period.
  package internal(set) var time: [String: RowTime] = [:]
  /// By source: who could appear in it, as a condition on persons; in others everyone could.
  package internal(set) var covers: [String: TypedExpression] = [:]
  /// In file order.
  package internal(set) var episodes: [EpisodeDefinition] = []
  /// Of the limits that stand beside figures, in 0...1; the first gives `_lower` and `_upper`.
  package var levels = [0.95]
  /// Everyone is in the first whose rule holds, the last being for all others; none: no segments.
  package internal(set) var segments: [Segment] = []
  /// Each is a column of persons too; in file order.
  package internal(set) var strata: [Stratification] = []
  /// As tables show dimensions that were made coarser, by their own names.
  package internal(set) var printedNames: [String: String] = [:]
  /// Levels of areas that persons get because tables were made coarser.
  package internal(set) var coarserLevels: [AreaStep] = []
  /// What says something about health or support.
  package internal(set) var sensitive = SensitiveColumns()
}

/// A column of persons computed from others.
package struct DerivedColumn: Sendable {
  package let name: String
  package let expression: TypedExpression

  package init(name: String, expression: TypedExpression) {
    self.name = name
    self.expression = expression
  }
}

/// What leaves, and where to.
package struct PublishStage: Sendable {
  /// What stands beside the measures.
  package enum Columns: String, Sendable, CaseIterable {
    /// With marks and coverage.
    case full
    /// The measures alone.
    case values
  }
  /// A folder, variables replaced, relative to the folder of the file that names it already resolved.
  package internal(set) var to: String
  /// Names of tables, in file order.
  package let tables: [String]
  package let columns: Columns
}
