import Foundation
import Testing

/// A Swift file of the package.
struct SourceFile: Sendable, CustomTestStringConvertible {
    /// Relative to the package.
    var path: String
    var text: String

    var testDescription: String { self.path }

    var lineCount: Int { self.text.utf8.count { $0 == 0x0A } }

    /// The target whose folder holds the file.
    var target: String { String(self.path.split(separator: "/")[1]) }

    /// The modules of the import lines. `import struct A.B` and `import A.B` name A.
    var imports: [String] {
        var modules: [String] = []
        for line in self.text.split(separator: "\n") {
            var words = line.split(separator: " ").drop { $0.hasPrefix("@") }
            if let access = words.first, ["public", "package", "internal", "fileprivate", "private"].contains(access) {
                words = words.dropFirst()
            }
            guard words.first == "import" else { continue }
            words = words.dropFirst()
            if let kind = words.first,
                ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"].contains(kind)
            {
                words = words.dropFirst()
            }
            guard let module = words.first?.split(separator: ".").first else { continue }
            modules.append(String(module))
        }
        return modules
    }
}

enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file beneath `folders` of the package.
    static func files(in folders: [String]) throws -> [SourceFile] {
        var files: [SourceFile] = []
        for folder in folders {
            let base = self.root.appending(path: folder)
            let enumerator = try #require(FileManager.default.enumerator(atPath: base.path))
            for case let path as String in enumerator where path.hasSuffix(".swift") {
                let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
                files.append(SourceFile(path: "\(folder)/\(path)", text: text))
            }
        }
        return files.sorted { $0.path < $1.path }
    }

    /// What git tracks at the top of the package.
    static func trackedTopLevel() throws -> Set<String> {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "-C", self.root.path, "ls-files", "-z"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let paths = String(decoding: data, as: UTF8.self).split(separator: "\0")
        return Set(paths.compactMap { $0.split(separator: "/").first.map(String.init) })
    }
}
