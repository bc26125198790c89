import Foundation
import Synchronization
import Testing

/// A folder that goes away with the value.
final class ScratchFolder {
    let path: String

    init() throws {
        var template = Array("\(NSTemporaryDirectory())/imapscope-tests.XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        self.path = String(cString: made)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }

    func file(_ name: String) -> String { "\(self.path)/\(name)" }

    @discardableResult
    func write(_ octets: [UInt8], to name: String) throws -> String {
        try Data(octets).write(to: URL(filePath: self.file(name)))
        return self.file(name)
    }

    func read(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(filePath: self.file(name))))
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: self.file(name))
    }

    /// Hidden files too.
    func names(_ name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: self.file(name)).sorted()
    }

    func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: self.file(name))
        return try #require(attributes[.posixPermissions] as? Int)
    }
}

/// A value that several threads change.
final class Mutexed<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func with<Result: Sendable>(_ body: (inout sending Value) -> sending Result) -> Result {
        self.value.withLock(body)
    }
}
