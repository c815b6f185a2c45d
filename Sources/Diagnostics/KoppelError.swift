/// An error that knows how to tell itself and how the command ends because of it.
///
/// Every module has one enum that conforms. Cases hold places and counts, never values.
package protocol KoppelError: Error, Sendable {
  var diagnostics: [Diagnostic] { get }
  var exitStatus: ExitStatus { get }
}
