/// Whether anything bears this name: a file, a folder, also a link that leads nowhere.
package func somethingStands(at path: String) -> Bool { fileKind(of: path) != nil }
