import Cryptography
import Synchronization
import Tabular

/// The tokens of the distinct values of one label that a run has met.
///
/// Each distinct value is standardised and hashed once, whichever source brings it, so that the
/// cost grows with persons. The clear values are overwritten when the run ends; none is written.
///
/// - Note: Clear identifiers pass through here.
final class ValueMemo: Sendable {
  /// A code below this one tells a fault: `RejectReason.allCases[firstFault - code]`.
  static let firstFault: Int32 = -2

  let kind: ValueKind
  private let shards: [Shard]
  private let standardisation: Standardisation

  init(kind: ValueKind, standardisation: Standardisation) {
    self.kind = kind
    self.standardisation = standardisation
    shards = (0..<shardCount).map { _ in Shard() }
  }

  deinit {
    for shard in shards {
      shard.state.withLock {
        $0.numbers.cleanse()
        $0.texts.cleanse()
      }
    }
  }

  /// The token behind a code of this memo; missing for any other code.
  func token(ofCode code: Int32) -> Token {
    guard code >= 0 else { return .missing }
    let (shard, number) = (Int(code) & (shardCount - 1), Int(code) >> shardBits)
    return shards[shard].state.withLock { state in
      number < state.tokens.count ? state.tokens[number] : .missing
    }
  }

  /// All tokens so far, by shard.
  func tokens() -> [[Token]] { shards.map { $0.state.withLock { $0.tokens } } }

  /// The standardised text behind a code of this memo; missing for any other code.
  func standardisedText(ofCode code: Int32) -> StandardisedValue {
    guard code >= 0 else { return .missing }
    let (shard, number) = (Int(code) & (shardCount - 1), Int(code) >> shardBits)
    return shards[shard].state.withLock { state in
      number < state.texts.count
        ? kind.standardised(text: state.texts.text(number), by: standardisation) : .missing
    }
  }

  /// Looks up the values of one column of a chunk; new ones are hashed.
  ///
  /// - Parameters:
  ///   - batch: the rows.
  ///   - column: the column within them.
  ///   - partition: scratch space of the worker.
  ///   - maker: hashes new values; of this worker, for this label.
  ///   - codes: filled with one code a row: the number of the token, `missingCode`, or a fault.
  ///   - places: filled with the first 16 bits of each row's token; 0 without a token.
  ///   - highs: filled with the high half of each row's token; left alone when it is empty.
  /// - Throws: `PseudonymisationError`; then the codes mean nothing.
  func lookUp(
    _ batch: borrowing ClearBatch,
    column: Int,
    partition: inout ShardPartition,
    maker: inout TokenMaker,
    codes: inout [Int32],
    places: inout [UInt16],
    highs: inout [UInt64]
  ) throws(PseudonymisationError) {
    codes = Array(repeating: 0, count: batch.rowCount)
    places = Array(repeating: 0, count: batch.rowCount)
    partition.hashes = Array(repeating: 0, count: batch.rowCount)
    switch kind {
    case .bsn, .date, .partialDate, .number:
      try lookUpNumbers(batch, column, &partition, &maker, &codes, &places, &highs)
    case .postcode, .text, .name, .house, .token, .filter:
      try lookUpTexts(batch, column, &partition, &maker, &codes, &places, &highs)
    }
  }

  private func lookUpNumbers(
    _ batch: borrowing ClearBatch,
    _ column: Int,
    _ partition: inout ShardPartition,
    _ maker: inout TokenMaker,
    _ codes: inout [Int32],
    _ places: inout [UInt16],
    _ highs: inout [UInt64]
  ) throws(PseudonymisationError) {
    var keys = [Int64](repeating: 0, count: batch.rowCount)
    let stride = batch.stride
    unsafe keys.withUnsafeMutableBufferPointer { keys in
      var cell = 1 + column
      for row in 0..<batch.rowCount {
        let value = batch.cells[cell]
        unsafe keys[row] = value
        if value == missingInteger { codes[row] = missingCode }
        if let base = keys.baseAddress {
          partition.hashes[row] = unsafe hashWords(base + row, 1)
        }
        cell += stride
      }
    }
    partition.sort(rowsWithKeyIn: codes)
    for step in 0..<shardCount {
      let shard = (partition.firstShard + step) % shardCount
      let rows = partition.starts[shard]..<partition.starts[shard + 1]
      guard !rows.isEmpty else { continue }
      try shards[shard].state.withLock { state throws(PseudonymisationError) in
        unsafe keys.withUnsafeBufferPointer { keys in
          unsafe partition.lookUp(rows, keys, in: &state.numbers, &codes)
        }
        for number in state.tokens.count..<state.numbers.count {
          try state.add(
            kind.standardised(number: state.numbers.keys[number], by: standardisation),
            &maker
          )
        }
        try state.settle(partition.rows[rows], in: shard, &codes, &places, &highs)
      }
    }
  }

  private func lookUpTexts(
    _ batch: borrowing ClearBatch,
    _ column: Int,
    _ partition: inout ShardPartition,
    _ maker: inout TokenMaker,
    _ codes: inout [Int32],
    _ places: inout [UInt16],
    _ highs: inout [UInt64]
  ) throws(PseudonymisationError) {
    unsafe batch.bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<batch.rowCount {
        let cell = batch.cells[row * batch.stride + 1 + column]
        if cell == missingInteger {
          codes[row] = missingCode
        } else {
          let text = unsafe UnsafeBufferPointer(rebasing: bytes[ClearBatch.textRange(cell)])
          partition.hashes[row] = unsafe hashBytes(text)
        }
      }
    }
    partition.sort(rowsWithKeyIn: codes)
    for step in 0..<shardCount {
      let shard = (partition.firstShard + step) % shardCount
      let rows = partition.starts[shard]..<partition.starts[shard + 1]
      guard !rows.isEmpty else { continue }
      try shards[shard].state.withLock { state throws(PseudonymisationError) in
        unsafe batch.bytes.withUnsafeBufferPointer { bytes in
          for position in rows {
            let row = Int(partition.rows[position])
            let cell = batch.cells[row * batch.stride + 1 + column]
            let text = unsafe UnsafeBufferPointer(rebasing: bytes[ClearBatch.textRange(cell)])
            let number = unsafe state.texts.number(of: text, hash: partition.hashes[row])
            codes[row] = Int32(truncatingIfNeeded: number)
          }
        }
        for number in state.tokens.count..<state.texts.count {
          if case .token = kind {
            try state.add(arrived: state.texts.text(number), &maker)
          } else {
            try state.add(
              kind.standardised(text: state.texts.text(number), by: standardisation),
              &maker
            )
          }
        }
        try state.settle(partition.rows[rows], in: shard, &codes, &places, &highs)
      }
    }
  }
}

extension ValueMemo {
  private final class Shard: Sendable {
    let state = Mutex(State())
  }

  private struct State {
    var numbers = NumberIndex(wordCount: 1)
    var texts = TextIndex()
    /// One a value; `Token.missing` where there is none.
    var tokens: [Token] = []
    /// One a value: the first 16 bits of its token, apart since every row asks for them.
    var places: [UInt16] = []
    /// One a value: 0, or the code that stands for a missing value or a fault.
    var exceptions: [Int32] = []
    var hasExceptions = false

    mutating func add(
      _ value: StandardisedValue,
      _ maker: inout TokenMaker
    ) throws(PseudonymisationError) {
      switch value {
      case .value(let bytes):
        let token: Token
        do {
          token = try maker.token(of: bytes)
        } catch {
          throw .cryptography(step: "token")
        }
        tokens.append(token)
        places.append(UInt16(truncatingIfNeeded: token.high >> 48))
        exceptions.append(0)
      case .missing:
        tokens.append(.missing)
        places.append(0)
        exceptions.append(missingCode)
        hasExceptions = true
      case .fault(let reason):
        tokens.append(.missing)
        places.append(0)
        hasExceptions = true
        let number = RejectReason.allCases.firstIndex(of: reason) ?? 0
        exceptions.append(ValueMemo.firstFault - Int32(number))
      }
    }

    /// Adds a token that a supplier made; of any text that is none it is a fault.
    mutating func add(
      arrived text: ArraySlice<UInt8>,
      _ maker: inout TokenMaker
    ) throws(PseudonymisationError) {
      guard let first = TokenText.decode(text), first.level == .source else {
        return try add(.fault(.token), &maker)
      }
      let token: Token
      do {
        token = try maker.token(over: Token(high: first.high, low: first.low))
      } catch {
        throw .cryptography(step: "token")
      }
      tokens.append(token)
      places.append(UInt16(truncatingIfNeeded: token.high >> 48))
      exceptions.append(0)
    }

    /// Gives rows what stands behind the number of their value, once all values are hashed.
    func settle(
      _ rows: ArraySlice<Int32>,
      in shard: Int,
      _ codes: inout [Int32],
      _ places: inout [UInt16],
      _ highs: inout [UInt64]
    ) throws(PseudonymisationError) {
      guard tokens.count <= shardCapacity else { throw .tooManyValues }
      for row in rows.lazy.map({ Int($0) }) {
        let number = Int(codes[row])
        places[row] = self.places[number]
        if !highs.isEmpty { highs[row] = tokens[number].high }
        codes[row] = code(number, in: shard)
      }
    }

    func code(_ number: Int, in shard: Int) -> Int32 {
      !hasExceptions || exceptions[number] == 0 ? shardCode(number, in: shard) : exceptions[number]
    }
  }
}
