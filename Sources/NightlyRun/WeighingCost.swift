import Files
import FoundationEssentials
import PipelineFile
import Tabular

/// What weighing costs, as far as the last run tells: no plan knows the pairs of files it has not read.
struct WeighingCost {
  private static let (nanosecondsPerPair, nanosecondsPerDice) = (5, 7)

  let stage: ProbabilisticStage
  /// Of all sources and rules in the last run; nil where none has weighed.
  let pairCount: Int?

  /// - Throws: `FilesError` when the folder cannot be read.
  init(_ stage: ProbabilisticStage, in folder: WorkFolder) throws {
    self.stage = stage
    guard somethingStands(at: folder.runs) else {
      pairCount = nil
      return
    }
    let manifests = try namesInFolder(folder.runs).map { folder.manifest(ofRun: $0) }
      .compactMap { path in modificationTime(of: path).map { (path: path, time: $0) } }
      .sorted { ($1.time, $1.path) < ($0.time, $0.path) }
    pairCount = manifests.lazy.compactMap { Self.pairCount(inManifest: $0.path) }.first
  }

  private static func pairCount(inManifest path: String) -> Int? {
    guard let file = try? OpenFile(reading: path), let size = try? file.size(),
      let bytes = try? file.bytes(at: 0, count: size),
      let manifest = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
      let sources = manifest["link"]?.objectValue
    else { return nil }
    return sources.values.reduce(0) { sum, source in
      (source["weighed"]?["rules"]?.arrayValue ?? []).reduce(sum) {
        $0 + Int($1["pairs"]?.integerValue ?? 0)
      }
    }
  }

  /// Step, what is done, why.
  var row: [String] {
    let bound = "a rule may make \(grouped(stage.limit)) pairs for each client"
    guard let pairCount else { return ["weigh", bound, "no run has counted them yet"] }
    let diceCount = stage.comparisons.count { comparison in
      comparison.levels.contains { if case .dice = $0 { true } else { false } }
    }
    let each = Self.nanosecondsPerPair + Self.nanosecondsPerDice * diceCount
    let seconds = Double(pairCount) * Double(each) / 1e9
    return [
      "weigh",
      "\(grouped(pairCount)) pairs in the last run, \(fixed(seconds, places: 2)) s of one core at most",
      bound,
    ]
  }
}
