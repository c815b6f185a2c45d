import Tabular

/// What became of the identities that lacked their person.
struct CompletionOutcome: Sendable {
  /// By the code of an identity + 1: what it was completed from, or `missingCode`.
  var origins: [Int32] = []
  /// By the code of an identity + 1: the required column that it lacks still, of
  /// `SourcePlan.Completion.required`; or -1.
  var lacking: [Int32] = []
  /// Client rows that disagree on birth date or sex, of persons who have rows to be completed.
  var contradictingCount = 0
}

extension GatheredIdentities {
  /// Fills what identities lack from the client rows of the same person.
  ///
  /// A column is filled where all client rows that have it agree; those of a person who disagree on
  /// birth date or sex fill nothing. That a sex is unknown contradicts nobody.
  ///
  /// - Parameters:
  ///   - pseudonymiser: of the source.
  ///   - rowCounts: rows that stand, of each identity.
  ///   - personCounts: rows that only tell of it.
  /// - Returns: which were filled, and from what.
  mutating func complete(
    _ pseudonymiser: Pseudonymiser,
    rowCounts: CodeCounts,
    personCounts: CodeCounts
  ) -> CompletionOutcome {
    var outcome = CompletionOutcome()
    guard let plan = pseudonymiser.plan.completion else { return outcome }
    outcome.origins = Array(repeating: missingCode, count: Int(codes.max() ?? 0) + 2)
    let form = ClientForm(plan, pseudonymiser, wordCount: wordCount)
    let spellings = pseudonymiser.columnMemos[plan.join].representatives()
    var clients: [Member] = []
    var events: [Member] = []
    for identity in codes.indices {
      let word = keys[identity * wordCount + form.joinWord]
      guard word >= 0 else { continue }
      let person = spellings.isEmpty ? Int32(word) : spellings[Int(word)]
      let member = Member(person: person, identity: Int32(identity))
      let code = codes[identity]
      if keys[identity * wordCount + form.originWord] == missingInteger {
        if rowCounts[code] > 0 { events.append(member) }
      } else if rowCounts[code] + personCounts[code] > 0 {
        clients.append(member)
      }
    }
    clients.sort()
    events.sort()
    var first = 0
    var event = 0
    while event < events.count {
      let person = events[event].person
      while first < clients.count && clients[first].person < person { first += 1 }
      var end = first
      while end < clients.count && clients[end].person == person { end += 1 }
      let known = clients[first..<end].map { Int($0.identity) }
      let fill = agreed(known, form)
      if fill == nil {
        for identity in known {
          outcome.contradictingCount += rowCounts[codes[identity]] + personCounts[codes[identity]]
        }
      }
      while event < events.count && events[event].person == person {
        let identity = Int(events[event].identity)
        if let fill, let origin = take(fill, into: identity, form) {
          outcome.origins[Int(codes[identity]) + 1] = origin
        }
        event += 1
      }
      first = end
    }
    outcome.lacking = lacking(plan, form)
    return outcome
  }

  /// Which identities lack a required column, of those that were to be completed.
  private func lacking(_ plan: SourcePlan.Completion, _ form: ClientForm) -> [Int32] {
    guard !plan.required.isEmpty else { return [] }
    var lacking = [Int32](repeating: -1, count: Int(codes.max() ?? 0) + 2)
    for identity in codes.indices {
      let start = identity * wordCount
      guard keys[start + form.originWord] == missingInteger else { continue }
      let column = plan.required.firstIndex { required in
        required.tokens.allSatisfy { keys[start + $0] < 0 }
          && required.kept.allSatisfy { keys[start + tokens.count + $0] == missingInteger }
      }
      lacking[Int(codes[identity]) + 1] = Int32(column ?? -1)
    }
    return lacking
  }

  /// An identity of a person.
  private struct Member: Comparable {
    let person: Int32
    let identity: Int32

    static func < (left: Member, right: Member) -> Bool { left.person < right.person }
  }

  /// What the client rows of a person say of one column.
  private struct Fill {
    let word: Int
    /// A code of a token or a kept value.
    let value: Int64
    /// The least of what says so.
    let origin: Int32
  }

  /// What the client rows of a person agree on; nil when they contradict each other.
  private func agreed(_ clients: [Int], _ form: ClientForm) -> [Fill]? {
    for word in form.judgedWords {
      var found: Int64?
      for client in clients {
        let value = keys[client * wordCount + word]
        if form.isMissing(value, word) { continue }
        if let found, found != value { return nil }
        found = value
      }
    }
    var fills: [Fill] = []
    for word in form.filledWords {
      var said: (value: Int64, client: Int)?
      var origin = Int32.max
      var isAgreed = true
      for client in clients {
        let value = keys[client * wordCount + word]
        if form.isMissing(value, word) { continue }
        if let said, !isSame(word, said.client, client) { isAgreed = false }
        let place = form.originPlaces[Int(keys[client * wordCount + form.originWord])]
        // Of several spellings of a token any will do.
        said = (value, client)
        origin = min(origin, place)
      }
      if let said, isAgreed { fills.append(Fill(word: word, value: said.value, origin: origin)) }
    }
    return fills
  }

  private func isSame(_ word: Int, _ left: Int, _ right: Int) -> Bool {
    word < tokens.count
      ? token(ofColumn: word, of: left) == token(ofColumn: word, of: right)
      : keys[left * wordCount + word] == keys[right * wordCount + word]
  }

  /// Fills what an identity lacks.
  ///
  /// - Returns: the code of the origin; nil when nothing was filled.
  private mutating func take(_ fills: [Fill], into identity: Int, _ form: ClientForm) -> Int32? {
    var origin = Int32.max
    for fill in fills where form.isMissing(keys[identity * wordCount + fill.word], fill.word) {
      keys[identity * wordCount + fill.word] = fill.value
      origin = min(origin, fill.origin)
    }
    guard origin < .max else { return nil }
    // Its place follows from its tokens, as that of the others does.
    orders[identity] = tokens.indices.reduce(0) { order, column in
      order ^ turned(token(ofColumn: column, of: identity).high, orderTurn(ofColumn: column))
    }
    return form.originCodes[Int(origin)]
  }
}

/// Where an identity's words stand that completion looks at.
private struct ClientForm {
  let joinWord: Int
  let originWord: Int
  let judgedWords: [Int]
  let filledWords: [Int]
  /// For each code of an origin its place in byte order, and the other way round.
  let originPlaces: [Int32]
  let originCodes: [Int32]
  private let codeWords: Set<Int>
  private let sexWord: Int
  private let sexColumns: Set<Int>
  // The codes of `unknown` among the texts that judge, and among those of each kept column.
  private let unknownSex: Int64?
  private let unknownKept: [Int: Int64]

  init(_ plan: SourcePlan.Completion, _ pseudonymiser: Pseudonymiser, wordCount: Int) {
    let tokenCount = pseudonymiser.plan.tokens.count
    joinWord = wordCount - SourcePlan.Completion.wordCount
    sexWord = joinWord + 2
    originWord = joinWord + 3
    judgedWords = [joinWord + 1, sexWord] + plan.birthDateColumns.map { tokenCount + $0 }
    filledWords = plan.tokens + plan.kept.map { tokenCount + $0 }
    codeWords = Set(0..<tokenCount).union([joinWord, joinWord + 1])
    sexColumns = Set(plan.sexColumns.map { tokenCount + $0 })
    unknownSex = pseudonymiser.sexTexts.known("unknown")
    unknownKept = Dictionary(
      plan.sexColumns.compactMap { column in
        pseudonymiser.identityTexts[column].known("unknown").map { (tokenCount + column, $0) }
      },
      uniquingKeysWith: { first, _ in first }
    )
    originPlaces = pseudonymiser.originTexts.places()
    var codes = [Int32](repeating: 0, count: originPlaces.count)
    for (code, place) in originPlaces.enumerated() { codes[Int(place)] = Int32(code) }
    originCodes = codes
  }

  /// Whether a word says nothing; an unknown sex says nothing either.
  func isMissing(_ value: Int64, _ word: Int) -> Bool {
    if codeWords.contains(word) { return value < 0 }
    if value == missingInteger { return true }
    if word == sexWord { return value == unknownSex }
    return sexColumns.contains(word) && value == unknownKept[word]
  }
}
