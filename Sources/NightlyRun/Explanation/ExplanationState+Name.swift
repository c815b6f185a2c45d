import Linkage
import PipelineFile

extension Explanation.State {
  /// As a pipeline file writes a level: `exact`, `dice 0.90`, `pc4`; else `else` or `missing`.
  func name(of column: String) -> String {
    switch self {
    case .level(.exact): return "exact"
    case .level(.dice(let hundredths)): return "dice \(fixed(Double(hundredths) / 100, places: 2))"
    case .level(.part(let part)):
      return part.hasPrefix("\(column)_") ? String(part.dropFirst(column.count + 1)) : part
    case .otherwise: return "else"
    case .missing: return "missing"
    }
  }
}
