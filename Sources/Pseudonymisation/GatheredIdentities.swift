import Tabular

/// All identities of a complete source in one place, before they are in order.
struct GatheredIdentities: Sendable {
  /// The codes that rows bear, one an identity.
  private(set) var codes: [Int32]
  var orders: [UInt64]
  /// `wordCount` words an identity: token codes, then kept values.
  var keys: [Int64]
  let wordCount: Int
  /// The tokens of each token column, by shard.
  let tokens: [[[Token]]]
  /// The texts of each kept column in byte order, and each code's place among them.
  private let texts: [(dictionary: [String], places: [Int32])?]

  init(_ pseudonymiser: Pseudonymiser) {
    tokens = pseudonymiser.columnMemos[..<pseudonymiser.plan.tokens.count].map { $0.tokens() }
    let contents = pseudonymiser.identities.takeContents(tokens: tokens)
    codes = contents.codes
    orders = contents.orders
    keys = contents.keys
    wordCount = pseudonymiser.identities.wordCount
    texts = zip(pseudonymiser.plan.identityColumns, pseudonymiser.identityTexts).map {
      $0.isText ? $1.sorted() : nil
    }
  }

  /// Forgets the identities that have no row.
  mutating func keep(havingRowsIn rowCounts: CodeCounts) {
    var kept = 0
    for identity in codes.indices where rowCounts[codes[identity]] > 0 {
      codes[kept] = codes[identity]
      orders[kept] = orders[identity]
      for word in 0..<wordCount {
        keys[kept * wordCount + word] = keys[identity * wordCount + word]
      }
      kept += 1
    }
    codes.removeLast(codes.count - kept)
    orders.removeLast(orders.count - kept)
    keys.removeLast(keys.count - kept * wordCount)
  }

  /// The identities by bucket of the token order.
  ///
  /// - Returns: the identities, and where those of each bucket begin.
  func buckets(_ pseudonymiser: Pseudonymiser) -> (identities: [Int32], starts: [Int]) {
    var starts = [Int](repeating: 0, count: pseudonymiser.bucketCount + 1)
    for order in orders { starts[pseudonymiser.bucket(ofOrder: order) + 1] += 1 }
    for bucket in 0..<pseudonymiser.bucketCount { starts[bucket + 1] += starts[bucket] }
    var next = starts
    var identities = [Int32](repeating: 0, count: orders.count)
    for (identity, order) in orders.enumerated() {
      let bucket = pseudonymiser.bucket(ofOrder: order)
      identities[next[bucket]] = Int32(truncatingIfNeeded: identity)
      next[bucket] += 1
    }
    return (identities, starts)
  }

  /// Sorts identities; `isNew` is false for one that equals the one before it, which happens when
  /// two spellings have one standard form.
  func sorted(_ identities: ArraySlice<Int32>) -> (identities: [Int32], isNew: [Bool]) {
    // Numbers first and alone: that two identities share an order is rare, and the rest is slow.
    var keyed = inOrder(identities.map { (orders[Int($0)], $0) })
    var first = 0
    while first < keyed.count {
      var end = first + 1
      while end < keyed.count && keyed[end].order == keyed[first].order { end += 1 }
      if end - first > 1 {
        keyed[first..<end].sort { comparison(Int($0.number), Int($1.number)) < 0 }
      }
      first = end
    }
    var isNew = [Bool](repeating: true, count: keyed.count)
    for position in keyed.indices.dropFirst() {
      let (before, this) = (keyed[position - 1], keyed[position])
      isNew[position] =
        before.order != this.order || comparison(Int(before.number), Int(this.number)) != 0
    }
    return (keyed.map(\.number), isNew)
  }

  /// The tokens that these identities have in a column, in the order in which they have them.
  ///
  /// - Returns: the column, and for each of its values a code as `ValueMemo` numbers it.
  func tokens(
    ofColumn column: Int,
    of identities: [Int32]
  ) -> (column: TokenColumn, valueCodes: [Int32]) {
    let tokens = tokens[column]
    // By code first: most identities share a spelling with another, and a token is dear to find.
    // Spellings of one value have codes of their own and one token.
    let largest = tokens.reduce(0) { max($0, $1.count) }
    var numbersByCode = [Int32](repeating: missingCode, count: largest << shardBits)
    var book = CodeBook(expected: tokens.reduce(0) { $0 + $1.count })
    var valueCodes: [Int32] = []
    // Hundreds of thousands of look-ups, each far from the one before: nothing else stands here.
    let (keys, wordCount) = (keys, wordCount)
    let numbers = identities.map { identity -> Int32 in
      let code = Int(keys[Int(identity) * wordCount + column])
      if code < 0 { return missingCode }
      let known = numbersByCode[code]
      if known >= 0 { return known }
      let number = book.code(of: tokens[code & (shardCount - 1)][code >> shardBits])
      if Int(number) == valueCodes.count { valueCodes.append(Int32(truncatingIfNeeded: code)) }
      numbersByCode[code] = number
      return number
    }
    return (TokenColumn(values: book.values, codes: numbers), valueCodes)
  }

  /// The staged table of these identities.
  ///
  /// - Parameters:
  ///   - identities: in order.
  ///   - tokens: of the plan's staged token columns, by number.
  ///   - plan: of the source.
  ///   - workers: how many threads may gather.
  /// - Returns: a row an identity: the token columns, then the kept ones.
  func table(
    of identities: [Int32],
    tokens: [Int: TokenColumn],
    _ plan: SourcePlan,
    workers: Int
  ) -> Table {
    let (keys, wordCount) = (keys, wordCount)
    let staged = plan.tokens.indices.filter { plan.tokens[$0].isStaged }
    let kept = concurrentChunks(plan.identityColumns.count, workers: workers) { column -> Column in
      let word = plan.tokens.count + column
      let values = identities.map { keys[Int($0) * wordCount + word] }
      guard let (dictionary, places) = texts[column] else {
        return .integers(values, plan.identityColumns[column].unit)
      }
      return Self.codes(
        values.map { $0 == missingInteger ? $0 : Int64(places[Int($0)]) },
        of: dictionary
      )
    }
    return Table(
      names: staged.map { plan.tokens[$0].name } + plan.identityColumns.map(\.name),
      columns: staged.map { .tokens(tokens[$0] ?? []) } + kept,
      rowCount: identities.count
    )
  }

  /// A column of texts whose dictionary holds what these identities use and nothing else: that of
  /// somebody who objects, or whose rows were refused, is gone.
  private static func codes(_ values: [Int64], of dictionary: [String]) -> Column {
    var places = [Int32](repeating: missingCode, count: dictionary.count)
    for value in values where value != missingInteger { places[Int(value)] = 0 }
    var used: [String] = []
    for place in places.indices where places[place] != missingCode {
      places[place] = Int32(used.count)
      used.append(dictionary[place])
    }
    let codes = values.map { $0 == missingInteger ? missingCode : places[Int($0)] }
    return .codes(codes, dictionary: used)
  }

  func token(ofColumn column: Int, of identity: Int) -> Token {
    let code = Int(keys[identity * wordCount + column])
    return code < 0 ? .missing : tokens[column][code & (shardCount - 1)][code >> shardBits]
  }

  /// A kept value; of a text its place in byte order.
  private func value(ofColumn column: Int, of identity: Int) -> Int64 {
    let value = keys[identity * wordCount + tokens.count + column]
    guard let texts = texts[column], value != missingInteger else { return value }
    return Int64(texts.places[Int(value)])
  }

  private func comparison(_ left: Int, _ right: Int) -> Int {
    for column in tokens.indices {
      let (first, second) = (token(ofColumn: column, of: left), token(ofColumn: column, of: right))
      if first != second { return first < second ? -1 : 1 }
    }
    for column in texts.indices {
      let (first, second) = (value(ofColumn: column, of: left), value(ofColumn: column, of: right))
      if first != second { return first < second ? -1 : 1 }
    }
    return 0
  }
}

/// How far the token of a column is turned where the order of an identity is made.
func orderTurn(ofColumn column: Int) -> UInt64 { UInt64(column * 8 % 64) }

/// The bits of a half token, turned.
@inline(__always)
func turned(_ half: UInt64, _ turn: UInt64) -> UInt64 { half &<< turn | half &>> (64 &- turn) }
