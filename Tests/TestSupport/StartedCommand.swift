import Foundation
import Glibc

/// A command that goes on while the test does something else; killed when nobody holds it.
package final class StartedCommand {
  private let process = Process()
  private let output: TemporaryFolder

  /// Starts a command.
  ///
  /// - Parameters:
  ///   - path: of the command.
  ///   - arguments: after its name.
  ///   - folder: where it runs; HOME and TMPDIR are this folder unless `environment` says otherwise.
  ///   - environment: added to PATH, HOME, TMPDIR and LANG; nothing else is inherited.
  /// - Throws: what starting it throws.
  package init(
    _ path: String,
    _ arguments: [String],
    in folder: String,
    environment: [String: String] = [:]
  ) throws {
    // Files, not pipes: a command that fills a pipe nobody empties would never end.
    output = try TemporaryFolder()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var inherited = ["HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"]
    inherited["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    process.environment = inherited.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.handle(output.write([], to: "output"))
    process.standardError = try Self.handle(output.write([], to: "error"))
    try process.run()
  }

  deinit { if process.isRunning { send(SIGKILL) } }

  package var identifier: Int32 { process.processIdentifier }
  package var isRunning: Bool { process.isRunning }

  /// Sends a signal, such as SIGKILL.
  package func send(_ signal: Int32) {
    if process.isRunning { kill(process.processIdentifier, signal) }
  }

  /// Waits for the end.
  ///
  /// - Returns: status and output.
  /// - Throws: what reading the output throws.
  package func finish() throws -> CommandRun {
    process.waitUntilExit()
    let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
    return CommandRun(
      status: signal + process.terminationStatus,
      standardOutput: String(decoding: try output.bytes(of: "output"), as: UTF8.self),
      standardError: String(decoding: try output.bytes(of: "error"), as: UTF8.self)
    )
  }

  private static func handle(_ path: String) throws -> FileHandle {
    try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }
}
