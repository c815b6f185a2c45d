import Foundation

/// What a command did.
package struct CommandRun: Sendable {
  /// The exit status; 128 plus the number of the signal that ended it, as a shell says it.
  package let status: Int32
  package let standardOutput: String
  package let standardError: String
}

/// Runs the built koppel command and waits for its end.
///
/// - Parameters:
///   - arguments: after the name of the command.
///   - folder: where it runs; HOME and TMPDIR lie in it unless `environment` says otherwise.
///   - environment: added to PATH, HOME, TMPDIR and LANG; nothing else is inherited.
///   - fileByteLimit: no file may grow beyond that, as if the disk were full; in steps of 512.
/// - Returns: status and output.
/// - Throws: `CommandNotFound`, or what starting it throws.
package func runKoppel(
  _ arguments: [String],
  in folder: String,
  environment: [String: String] = [:],
  fileByteLimit: Int? = nil
) throws -> CommandRun {
  let path = try koppelPath()
  guard let fileByteLimit else {
    return try runCommand(path, arguments, in: folder, environment: environment)
  }
  // The shell counts in blocks of 512 bytes. Without the trap the signal would end the command
  // before it sees that the file is full.
  let limited = "trap '' XFSZ; ulimit -f \(fileByteLimit / 512); exec \"$0\" \"$@\""
  return try runCommand(
    "/bin/sh",
    ["-c", limited, path] + arguments,
    in: folder,
    environment: environment
  )
}

/// Runs a command and waits for its end.
///
/// - Throws: what starting it throws.
package func runCommand(
  _ path: String,
  _ arguments: [String],
  in folder: String,
  environment: [String: String] = [:]
) throws -> CommandRun {
  try StartedCommand(path, arguments, in: folder, environment: environment).finish()
}

/// The koppel command was not built.
package struct CommandNotFound: Error {
  /// Where it was looked for.
  package let folders: [String]
}

/// The path of the koppel command that was built beside the tests.
///
/// - Returns: what `KOPPEL_BINARY` names, else `koppel` in the folder of the test bundle.
/// - Throws: `CommandNotFound`.
package func koppelPath() throws -> String {
  if let path = ProcessInfo.processInfo.environment["KOPPEL_BINARY"] { return path }
  // The bundle of the tests is the running program, or an argument of the program that runs it.
  let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  let bundles = [link ?? ""] + CommandLine.arguments.filter { $0.contains(".xctest") }
  let folders =
    bundles.map { ($0 as NSString).deletingLastPathComponent }
    + [repositoryRoot() + "/.build/debug"]
  for folder in folders where FileManager.default.isExecutableFile(atPath: folder + "/koppel") {
    return folder + "/koppel"
  }
  throw CommandNotFound(folders: folders)
}

/// The folder that `Package.swift` stands in.
package func repositoryRoot(_ file: String = #filePath) -> String {
  var path = file as NSString
  for _ in 0..<3 { path = path.deletingLastPathComponent as NSString }
  return path as String
}
