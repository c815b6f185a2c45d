package import Diagnostics
import Publication

/// A published file that cannot be read as one.
package struct PublishedFault: KoppelError {
  package let diagnostics: [Diagnostic]
  package let exitStatus: ExitStatus

  init(_ place: Place, _ sentence: String, hint: String? = nil, _ status: ExitStatus = .dataGate) {
    diagnostics = [Diagnostic(at: place, sentence, hint: hint)]
    exitStatus = status
  }

  init(_ fault: CSVFault, path: String) {
    let sentence =
      switch fault.kind {
      case .notUTF8: "found bytes that are not UTF-8"
      case .quote: "found a quote inside a field, expected quotes around all of it"
      case .unended: "found a quote that opens here and never closes"
      }
    self.init(Place(file: path, line: fault.line), sentence)
  }
}
