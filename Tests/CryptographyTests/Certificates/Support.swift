import Cryptography
import Foundation
import Testing
import Traffic

/// 2026-11-23T10:00:00Z
let now = Timestamp(seconds: 1_795_428_000)
let day: Int64 = 86_400_000_000_000

extension Timestamp {
    func days(_ count: Int64) -> Timestamp { self.advanced(byNanoseconds: count * day) }
}

/// One authority for the tests that only look at what it mints: RSA keys take their time.
enum Shared {
    static let authority = Result { try CertificateAuthority.create(now: now) }
    static let issuer = Result { try LeafIssuer(authority: authority.get(), leafKey: .rsa2048) }
}

/// A folder that goes away with the value.
final class Folder {
    let path: String

    init() throws {
        var template = Array("\(NSTemporaryDirectory())/imapscope-tests.XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        self.path = String(cString: made)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }

    @discardableResult
    func write(_ octets: [UInt8], to name: String) throws -> String {
        let path = "\(self.path)/\(name)"
        try Data(octets).write(to: URL(filePath: path))
        return path
    }
}

struct Outcome {
    var status: Int32
    var output: String
}

/// Runs a program of the machine; both of its streams come back as one.
func run(_ arguments: String...) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
}
