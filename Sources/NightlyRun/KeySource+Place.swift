import Files
import PipelineFile

extension KeySource {
  /// Where the files of the key lie; nil when the suppliers keep it.
  var place: KeyPlace? {
    switch self {
    case .credential(let name): .whole(.credential(name))
    case .file(let path): .whole(.file(path))
    case .halves(let first, let second):
      if let first = first.location, let second = second.location {
        .halves(first, second)
      } else {
        nil
      }
    case .fingerprint: nil
    }
  }

  /// Where a key or half of one file lies.
  var location: KeyLocation? {
    switch self {
    case .credential(let name): .credential(name)
    case .file(let path): .file(path)
    case .halves, .fingerprint: nil
    }
  }
}

extension Pipeline {
  /// Folders in which a key would be copied, sent or published with data.
  func foldersWithoutKeys(workFolder: String) -> [String] {
    [workFolder, publish.to, parentFolder(of: path)]
      + (pseudonymise.clk.map { [parentFolder(of: $0.to)] } ?? [])
      + (sources + (pseudonymise.optOut.map { [$0.source] } ?? []))
      .map { parentFolder(of: $0.files) }
  }
}
