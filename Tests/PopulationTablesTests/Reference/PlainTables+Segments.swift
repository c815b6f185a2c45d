import PipelineFile

extension PlainTables {
  /// Of the segment in that place: who is in it, who meets its rule, whom of those an earlier one
  /// took, and who fell through on a missing value.
  func segmentAccount(_ place: Int) -> [Int64] {
    let segment = stage.segments[place]
    var account: [Int64] = [0, 0, 0, 0]
    for person in persons.indices where calendar.counts(persons[person]) {
      let isTaken = stage.segments[..<place].contains { holds($0, person) }
      if holds(segment, person) {
        account[isTaken ? 2 : 0] += 1
        account[1] += 1
      } else if !isTaken, let rule = segment.rule?.expression, isUnknown(rule, person) {
        account[3] += 1
      }
    }
    return account
  }

  func holds(_ segment: Segment, _ person: Int) -> Bool {
    segment.rule.map { value($0.expression, person).isTrue } ?? true
  }

  /// Whether a rule hangs on a missing value, with derived conditions taken apart.
  private func isUnknown(_ rule: Expression, _ person: Int) -> Bool {
    let apart = stage.persons.reversed().reduce(rule) { rule, column in
      column.expression.type == .boolean
        ? rule.replacing(column.name, by: column.expression.expression) : rule
    }
    return plainKnowledge(apart, persons[person]) { accumulated($0, person) } == nil
  }
}
