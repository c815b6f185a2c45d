import Diagnostics

/// The columns that an expression may name, and what each is.
struct ColumnScope {
  enum Meaning: Hashable {
    /// - Parameter domain: the only texts it can be, when these are known.
    case value(ValueType, domain: [String]?)
    /// Only good for linking; `kept` is the column that stays beside it.
    case token(kept: String?)
    /// Only a Bloom filter stays of it: good for `dice` levels alone.
    case filter
    /// Only this column stays of it.
    case generalised(String)
    /// `pseudonymise` drops it.
    case dropped
    /// Persons are made of records, and every row has a value of its own.
    case ofRows
    /// A mistake told elsewhere hides what it is.
    case uncertain
  }

  /// As a message names it: `persons`, `source 'care'`.
  let owner: String
  /// In file order.
  private(set) var names: [String] = []
  private var meanings: [String: Meaning] = [:]
  /// False when a mistake told elsewhere hides which columns there are.
  var isComplete = true

  init(owner: String) { self.owner = owner }

  /// Columns that can stand in an expression, for suggestions.
  var usableNames: [String] {
    names.filter { if case .value = meanings[$0] { true } else { false } }
  }

  /// The likely cure of a name that is none: the one that is most like it, else those there are.
  func cure(for name: String) -> String? {
    if let near = nearestName(to: name, among: usableNames) { return "did you mean '\(near)'?" }
    guard !usableNames.isEmpty else { return nil }
    let known = usableNames.prefix(12).joined(separator: ", ")
    return "there are \(known)\(usableNames.count > 12 ? ", …" : "")"
  }

  /// The meaning of a name; nil when there is no such column.
  subscript(name: String) -> Meaning? {
    get { meanings[name] ?? (isComplete ? nil : .uncertain) }
    set {
      if meanings[name] == nil { names.append(name) }
      meanings[name] = newValue
    }
  }

  func contains(_ name: String) -> Bool { meanings[name] != nil }
}

/// Everything that an expression may name.
struct ExpressionScope {
  var columns: ColumnScope
  /// Sources whose linked rows a person has; none within an accumulator's `where`.
  var sources: [String: ColumnScope] = [:]
  /// Sources whose rows have a time; nil when a mistake told elsewhere hides which.
  var timedSources: Set<String>? = []
  /// Its rows are the persons themselves.
  var spine: String?
  /// What `care.amount` alone means of a person: nothing but in a measure.
  var members: Members?

  enum Members {
    case sums
    /// The mean of the person's rows; missing without rows.
    case means
  }

  /// False when a mistake told elsewhere hides which sources there are.
  var sourcesAreComplete = true
}
