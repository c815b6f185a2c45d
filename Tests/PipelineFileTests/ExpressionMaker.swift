import TestSupport

@testable import PipelineFile

/// Makes random expressions whose types fit, in the form that the checker gives them.
struct ExpressionMaker {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// What the expressions may name.
  static var scope: ExpressionScope {
    var persons = ColumnScope(owner: "persons")
    persons["age"] = .value(.integer, domain: nil)
    persons["year"] = .value(.integer, domain: nil)
    persons["sex"] = .value(.text, domain: ["male", "female", "unknown", "0's", "it's"])
    persons["code"] = .value(.text, domain: nil)
    persons["rate"] = .value(.decimal, domain: nil)
    persons["debt"] = .value(.money, domain: nil)
    persons["day"] = .value(.date, domain: nil)
    persons["active"] = .value(.boolean, domain: nil)
    persons["token"] = .token(kept: nil)
    persons["birth"] = .generalised("birth_year")
    persons["gone"] = .dropped
    persons["doubtful"] = .uncertain
    var rows = ColumnScope(owner: "source 'care'")
    rows["care_type"] = .value(.text, domain: nil)
    rows["amount"] = .value(.money, domain: nil)
    rows["date"] = .value(.date, domain: nil)
    rows["hours"] = .value(.integer, domain: nil)
    var scope = ExpressionScope(columns: persons)
    scope.timedSources = ["care"]
    scope.sources["care"] = rows
    scope.spine = "register"
    return scope
  }

  mutating func expression(of type: ValueType, depth: Int) -> Expression {
    if depth == 0 { return leaf(type) }
    let next = { (maker: inout ExpressionMaker, type: ValueType) in
      maker.expression(of: type, depth: depth - 1)
    }
    switch (type, pick(6)) {
    case (.boolean, 0): return .and(next(&self, .boolean), next(&self, .boolean))
    case (.boolean, 1): return .or(next(&self, .boolean), next(&self, .boolean))
    case (.boolean, 2): return .not(next(&self, .boolean))
    case (.boolean, 3): return .isMissing(next(&self, [.integer, .date, .money][pick(3)]))
    case (.boolean, 4): return .membership(.column("code"), [.text(word()), .text(word())])
    case (.boolean, _):
      let kind = [Expression.Comparison.less, .greaterOrEqual, .equal, .notEqual][pick(4)]
      let type: ValueType = [.integer, .money, .date, .decimal][pick(4)]
      return .comparison(kind, next(&self, type), next(&self, type))
    case (.integer, 0), (.money, 0), (.decimal, 0):
      let kind = [Expression.Arithmetic.add, .subtract][pick(2)]
      return .arithmetic(kind, next(&self, type), next(&self, type))
    case (.integer, 1), (.money, 1), (.decimal, 1):
      return .arithmetic(.multiply, next(&self, type), next(&self, .integer))
    case (.decimal, 2), (.decimal, 3):
      let type: ValueType = [.integer, .money][pick(2)]
      return .arithmetic(.divide, next(&self, type), next(&self, type))
    case (.integer, 2): return .years(from: next(&self, .date), to: next(&self, .date))
    case (.integer, 3): return .arithmetic(.subtract, next(&self, .date), next(&self, .date))
    case (.date, 0): return .arithmetic(.add, next(&self, .date), next(&self, .integer))
    case (.integer, 4), (.money, 4), (.date, 4), (.decimal, 4):
      return .minimum([next(&self, type), next(&self, type)])
    case (.integer, 5), (.date, 5), (.money, 5):
      return .coalesce([next(&self, type), next(&self, type), next(&self, type)])
    case (.text, 0): return .band(next(&self, .integer), [0, 18, 65])
    case (.text, 1): return .coalesce([.column("code"), .text(word())])
    default: return leaf(type)
    }
  }

  private mutating func leaf(_ type: ValueType) -> Expression {
    let isColumn = pick(3) > 0
    switch type {
    case .integer:
      if pick(4) == 0 { return accumulator(.count, nil) }
      return isColumn ? .column("age") : .integer(Int64(pick(1000)) - 500)
    case .decimal: return isColumn ? .column("rate") : .decimal(Int64(pick(100_000)) - 50_000)
    case .money: return isColumn ? accumulator(.sum, "amount") : .column("debt")
    case .date:
      if pick(4) == 0 { return accumulator(.max, "date") }
      return isColumn ? .column("day") : .date(Int64(pick(40_000)))
    case .text: return isColumn ? .column("code") : .column("sex")
    case .boolean: return isColumn ? .column("active") : .boolean(pick(2) == 0)
    }
  }

  private mutating func accumulator(
    _ function: Accumulator.Function,
    _ column: String?
  ) -> Expression {
    var condition: Expression?
    switch pick(3) {
    case 0: condition = .comparison(.equal, .column("care_type"), .text(word()))
    case 1: condition = .comparison(.greater, .column("amount"), .integer(Int64(pick(100))))
    default: break
    }
    var window: Window?
    if pick(2) == 0 {
      window = Window(side: pick(2) == 0 ? .last : .next, months: 1 + pick(120))
    }
    return .accumulator(
      Accumulator(
        source: "care",
        function: function,
        column: column,
        condition: condition,
        window: window
      )
    )
  }

  private mutating func word() -> String {
    ["ggz", "huisarts", "wmo:01A05", "it's", "a \"b\"", "0755", "", "é"][pick(8)]
  }

  private mutating func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
}
