import Cryptography
import Files
import PipelineFile

/// Which records are of one person, as a file of truth tells.
///
/// A pair that is told stands; a record that no pair names has no match. In clusters all records of
/// one label are of one person, and a record that is not named is a cluster by itself.
struct Truth {
  /// One end of a pair or member of a cluster.
  struct Member: Equatable {
    /// Which of the pipeline's sources.
    let source: Int
    /// Its place among the accepted records; nil for one that was refused or skipped.
    let record: Int?
  }

  enum Content {
    case pairs([(left: Member, right: Member)])
    /// By cluster.
    case clusters([[Member]])
  }

  let content: Content

  /// Reads a file of truth.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - trial: the pipeline, and the records that it has.
  /// - Note: Clear identifiers pass through here.
  /// - Throws: `FilesError`, `TruthFault`.
  init(path: String, of trial: Trial) throws {
    let file = try OpenFile(reading: path)
    let sources = trial.pipeline.sources
    var reading = Reading(
      path: path,
      lines: TruthLines(try file.bytes(at: 0, count: file.size())),
      sources: sources,
      records: sources.map { trial.records[$0.name] ?? TracedRecords() },
      spine: trial.pipeline.link.spine ?? "",
      lostKeys: sources.map { _ in [] }
    )
    content = try reading.content()
  }
}

/// A file of truth while it is read.
private struct Reading {
  let path: String
  var lines: TruthLines
  let sources: [Source]
  /// By source.
  let records: [TracedRecords]
  let spine: String
  /// By source, the keys that may be those of refused rows; empty where rows have numbers.
  var lostKeys: [Set<[UInt8]>] = []

  mutating func content() throws -> Truth.Content {
    guard let header = try next() else { throw fault(.noHeader) }
    let names = header.map { String(decoding: $0, as: UTF8.self) }
    guard let form = TruthForm(header: names, sources: sources, spine: spine) else {
      throw fault(
        .header(
          columnCount: header.count,
          expected: TruthForm.expected(of: sources, spine: spine)
        )
      )
    }
    switch form {
    case .pairs(let left, let right): return try pairs(left, right, header.count)
    case .clusters(let record, let cluster, let source):
      return try clusters(record, cluster, source, header.count)
    }
  }

  private mutating func pairs(
    _ left: TruthForm.Side,
    _ right: TruthForm.Side,
    _ fieldCount: Int
  ) throws -> Truth.Content {
    var pairs: [(left: Truth.Member, right: Truth.Member)] = []
    while let fields = try next(fieldCount) {
      let first = try member(fields[left.column], of: number(of: left.source))
      let second = try member(fields[right.column], of: number(of: right.source))
      if first == second, first.record != nil { throw fault(.samePair) }
      pairs.append((first, second))
    }
    if pairs.isEmpty { throw fault(.noRows) }
    return .pairs(pairs)
  }

  private mutating func clusters(
    _ record: Int,
    _ cluster: Int,
    _ source: Int?,
    _ fieldCount: Int
  ) throws -> Truth.Content {
    var labels: [[UInt8]: Int] = [:]
    var clusters: [[Truth.Member]] = []
    var labelOf: [[Int: Int]] = sources.map { _ in [:] }
    while let fields = try next(fieldCount) {
      let number = try source.map { try self.number(named: fields[$0]) } ?? 0
      let member = try member(fields[record], of: number)
      if fields[cluster].isEmpty { throw fault(.emptyField) }
      let label = labels[fields[cluster]] ?? clusters.count
      if label == clusters.count {
        labels[fields[cluster]] = label
        clusters.append([])
      }
      if let place = member.record {
        if let other = labelOf[number][place] {
          guard other == label else { throw fault(.twoClusters(source: sources[number].name)) }
          continue
        }
        labelOf[number][place] = label
      }
      clusters[label].append(member)
    }
    if clusters.isEmpty { throw fault(.noRows) }
    return .clusters(clusters)
  }

  private mutating func next(_ fieldCount: Int? = nil) throws -> [[UInt8]]? {
    let fields: [[UInt8]]?
    do throws(TruthLines.Fault) {
      fields = try lines.next()
    } catch {
      throw fault(.quote)
    }
    if let fields, let fieldCount, fields.count != fieldCount {
      throw fault(.fieldCount(found: fields.count, expected: fieldCount))
    }
    return fields
  }

  private func number(of source: String) -> Int {
    sources.firstIndex { $0.name == source } ?? 0
  }

  private func number(named field: [UInt8]) throws -> Int {
    guard let number = sources.firstIndex(where: { $0.name.utf8.elementsEqual(field) }) else {
      throw fault(.noSource(sources.map(\.name)))
    }
    return number
  }

  private mutating func member(_ key: [UInt8], of number: Int) throws -> Truth.Member {
    if key.isEmpty { throw fault(.emptyField) }
    let (source, records) = (sources[number], records[number])
    switch try records.find(key) {
    case .record(let place): return Truth.Member(source: number, record: place)
    case .several: throw fault(.severalRecords(source: source.name))
    case .lost:
      if records.column == nil { return Truth.Member(source: number, record: nil) }
      lostKeys[number].insert(key)
      if lostKeys[number].count <= records.rowCount - records.count {
        return Truth.Member(source: number, record: nil)
      }
      fallthrough
    case .unknown:
      let rowCount = records.column == nil ? records.rowCount : nil
      throw fault(.noRecord(source: source.name, rowCount: rowCount))
    }
  }

  private func fault(_ kind: TruthFault.Kind) -> TruthFault {
    TruthFault(path: path, line: lines.number, kind: kind)
  }
}
