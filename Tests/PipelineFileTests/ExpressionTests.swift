import Tabular
import TestSupport
import Testing

@testable import PipelineFile

@Suite struct ExpressionTests {
  @Test("What is printed parses back to the same", arguments: 0..<400 as Range<UInt64>)
  func parsesBack(seed: UInt64) throws {
    var maker = ExpressionMaker(seed: seed)
    for type in [ValueType.boolean, .integer, .money, .text, .date, .decimal] {
      let expression = maker.expression(of: type, depth: 3)
      let (typed, faults) = check(expression.text, scope)
      #expect(faults.isEmpty, "seed \(seed): \(expression.text): \(faults)")
      #expect(typed == TypedExpression(expression, type: type), "seed \(seed): \(expression.text)")
    }
  }

  @Test("Any row of tokens is read or refused", arguments: 0..<300 as Range<UInt64>)
  func survivesNoise(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = [
      "age", "care", ".", "(", ")", "[", "]", ",", "and", "or", "not", "in", "is", "missing",
      "where", "count", "sum", "band", "years", "from", "to", "5", "2.5", "2026-08-01", "'x'",
      "=", "<", "+", "-", "*", "/", "sex", "min", "coalesce", "\"", "é", "true",
      "999999999999999999",
    ]
    for _ in 0..<20 {
      let count = Int(random.next() % 30)
      let text = (0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] }
        .joined(separator: random.next() % 4 == 0 ? "" : " ")
      let (typed, faults) = check(text, scope)
      #expect((typed == nil) == !faults.isEmpty, "seed \(seed): \(text)")
      for fault in faults { #expect(fault.start >= 0 && fault.end > fault.start) }
    }
  }

  @Test(
    "Precedence is that of arithmetic and logic",
    arguments: [
      ("1 + 2 * 3 = 7 and not true or false", "((((1 + (2 * 3)) = 7) and (not true)) or false)"),
      ("1 - 2 - 3", "((1 - 2) - 3)"),
      ("-age + 1", "((-age) + 1)"),
      ("not age = 1", "(not (age = 1))"),
      ("sex not in [male]", "(not (sex in ['male']))"),
      ("age is not missing", "(not (age is missing))"),
      (
        "care.count where care_type = ggz and amount > 5",
        "(care.count where ((care_type = 'ggz') and (amount > 5)))"
      ),
      (
        "(care.count where care_type in [ggz, huisarts]) > 0",
        "((care.count where (care_type in ['ggz', 'huisarts'])) > 0)"
      ),
      (
        "band(years from year to 2024-12-31, 0, 18)", "band((years from year to 2024-12-31), 0, 18)"
      ),
      ("male = sex", "('male' = sex)"),
      ("sex = '0''s'", "(sex = '0''s')"),
      ("code = 0755", "(code = '0755')"),
      ("code in [01A05, 323]", "(code in ['01A05', '323'])"),
      ("rate > 2", "(rate > 2)"),
      ("coalesce(sex, unknown)", "coalesce(sex, 'unknown')"),
      ("day + 30 > 2026-08-01", "((day + 30) > 2026-08-01)"),
      ("care.max(date) - day", "(care.max(date) - day)"),
      ("care.sum(amount) * 2 > 500000", "((care.sum(amount) * 2) > 500000)"),
    ]
  )
  func knowsPrecedence(text: String, expected: String) {
    let (typed, faults) = check(text, scope)
    #expect(faults.isEmpty)
    #expect(typed?.expression.text == expected)
  }

  @Test(
    "What does not fit is refused at its place",
    arguments: [
      ("rate + day", 0, 10, "types do not fit"),
      ("day + day", 0, 9, "types do not fit"),
      ("care.sum(amount) + 5", 0, 20, "types do not fit"),
      ("care.sum(amount) > age", 0, 22, "types do not fit"),
      ("sex + 1", 0, 7, "types do not fit"),
      ("sex < male", 0, 10, "no order"),
      ("sx = male", 0, 2, "no column 'sx'"),
      ("sex = mael", 6, 10, "never 'mael'"),
      ("age and true", 0, 3, "expected a condition"),
      ("age = 1 = 2", 8, 9, "second comparison"),
      ("band(sex, 1)", 5, 8, "expected a number"),
      ("band(age)", 0, 9, "without bounds"),
      ("years from sex to day", 11, 14, "a year or a date"),
      ("years from year to age", 19, 22, "expected a date"),
      ("care.sum(amount) * debt", 0, 23, "types do not fit"),
      ("min(age)", 0, 3, "at least two"),
      ("min(sex, sex)", 0, 3, "numbers or dates"),
      ("care.sum(care_type)", 9, 18, "expected numbers or money"),
      ("care.count(amount)", 11, 17, "'count' alone"),
      ("care.sum > 1", 0, 8, "many rows"),
      ("register.count", 0, 8, "the spine"),
      ("token = 5", 0, 5, "a token"),
      ("birth = 1", 0, 5, "only 'birth_year' stays"),
      ("gone = 1", 0, 4, "drops"),
      ("age == 1", 4, 6, "'=='"),
      ("age = 1 +", 8, 9, "the end of the expression"),
      ("2026-02-30 = day", 0, 10, "not in the calendar"),
      ("1234567890123456789 = age", 0, 19, "more than 18 digits"),
      ("age ~ 1", 4, 5, "no meaning"),
      ("'x", 0, 1, "without its end"),
      ("care.count where care.count > 0", 17, 21, "a column of source 'care'"),
    ]
  )
  func refuses(text: String, start: Int, end: Int, sentence: String) throws {
    let (_, faults) = check(text, scope)
    #expect(faults.count == 1, "\(faults)")
    let fault = try #require(faults.first)
    #expect(fault.sentence.contains(sentence), "\(fault.sentence)")
    #expect(fault.start == start && fault.end == end, "\(fault.start)..<\(fault.end)")
  }

  @Test("An uncertain column draws no message") func keepsSilent() {
    let (typed, faults) = check("doubtful + 1 > 2 and doubtful = x", scope)
    #expect(typed == nil)
    #expect(faults.isEmpty)
  }

  @Test("Depth and length are bounded") func isBounded() {
    for text in [
      String(repeating: "(", count: 10_000), String(repeating: "-", count: 400) + "1",
      String(repeating: "not ", count: 400) + "true",
      Array(repeating: "1", count: 10_000).joined(separator: "+"),
    ] {
      #expect(check(text, scope).faults.count == 1)
    }
  }

  private var scope: ExpressionScope { ExpressionMaker.scope }

  private func check(
    _ text: String,
    _ scope: ExpressionScope
  ) -> (typed: TypedExpression?, faults: [ExpressionFault]) {
    do throws(ExpressionFault) {
      var parser = ExpressionParser(try ExpressionLexer.tokens(of: text))
      let syntax = try parser.whole()
      var checker = TypeChecker(scope: scope)
      let typed = checker.check(syntax)
      return (typed, checker.faults)
    } catch {
      return (nil, [error])
    }
  }
}
