import CClp

/// A linear program, solved by Clp on one thread: the least Σ *cost*·*x* under rows that each equal
/// a number.
///
/// Bounds and costs may be changed between solutions; the next one starts from the last basis.
@safe struct LinearProgram: ~Copyable {
  private let model: UnsafeMutableRawPointer
  let columnCount: Int

  /// No upper bound.
  static var unbounded: Double { .greatestFiniteMagnitude }

  /// - Parameters:
  ///   - columns: the rows each column stands in, with its coefficient there.
  ///   - lower: one bound a column.
  ///   - upper: one bound a column; `unbounded` for none.
  ///   - rows: what each row equals.
  init(columns: SparseColumns, lower: [Double], upper: [Double], rows: [Double]) {
    columnCount = lower.count
    unsafe model = Self.makeModel()
    unsafe Clp_loadProblem(
      model,
      Int32(lower.count),
      Int32(rows.count),
      columns.starts,
      columns.rows,
      columns.coefficients,
      lower,
      upper,
      [Double](repeating: 0, count: lower.count),
      rows,
      rows
    )
  }

  deinit { unsafe Clp_deleteModel(model) }

  /// Sets what one of a column costs.
  mutating func setCost(_ cost: Double, of column: Int) {
    guard column < columnCount, let costs = unsafe Clp_objective(model) else { return }
    unsafe costs[column] = cost
  }

  /// Sets between which numbers a column lies.
  mutating func setBounds(_ lower: Double, _ upper: Double, of column: Int) {
    guard column < columnCount, let least = unsafe Clp_columnLower(model),
      let most = unsafe Clp_columnUpper(model)
    else { return }
    unsafe least[column] = lower
    unsafe most[column] = upper
  }

  /// Solves it.
  ///
  /// - Parameter start: what the last change left valid.
  /// - Returns: the cost and the columns; nil unless Clp calls them optimal.
  mutating func solve(_ start: Start) -> Solution {
    switch start {
    case .costsChanged: unsafe Clp_primal(model, 0)
    case .boundsChanged: unsafe Clp_dual(model, 0)
    }
    switch unsafe Clp_status(model) {
    case 0: return .optimal(unsafe Clp_objectiveValue(model))
    case 1: return .infeasible
    case 2: return .unlimited
    default: return .failed
    }
  }

  /// What the last solution gave a column.
  func value(of column: Int) -> Double {
    guard column < columnCount, let values = unsafe Clp_primalColumnSolution(model) else {
      return 0
    }
    return unsafe values[column]
  }

  /// What was changed since the last solution, which decides how the next one begins.
  enum Start {
    case costsChanged
    case boundsChanged
  }

  /// What became of a program.
  enum Solution: Equatable {
    case optimal(Double)
    case infeasible
    /// The cost has no least value.
    case unlimited
    /// Clp gave up: nothing may be concluded.
    case failed
  }

  private static func makeModel() -> UnsafeMutableRawPointer {
    let model = unsafe Clp_newModel()
    unsafe Clp_setLogLevel(model, 0)
    return unsafe model.unsafelyUnwrapped
  }
}

/// The version of Clp: another one may find another pattern that is as good.
package func clpVersion() -> String {
  guard let version = unsafe Clp_Version() else { return "" }
  return unsafe String(cString: version)
}
