import Foundation
import Testing
import Traffic

@testable import TLSTransport

struct CommandFailed: Error {
    var command: [String]
    var output: String
}

/// Runs the openssl command to its end.
@discardableResult
func openssl(_ arguments: [String], in folder: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CommandFailed(command: arguments, output: text) }
    return text
}

/// Certificates made for this run; no key is kept in the repository.
struct Certificates: Sendable {
    /// The name that the good certificate carries.
    static let host = "mail.example.org"

    static let made = Result { try Certificates() }

    static func get() throws -> Certificates {
        try self.made.get()
    }

    let folder: URL

    private init() throws {
        self.folder = FileManager.default.temporaryDirectory.appendingPathComponent("imapscope-tls-\(getpid())")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        // Keys do not outlive the run.
        atexit {
            if case .success(let made) = Certificates.made { try? FileManager.default.removeItem(at: made.folder) }
        }
        try self.authority("ca", "Test CA")
        try self.authority("other-ca", "Another CA")
        try self.leaf("good", names: "DNS:mail.example.org,DNS:localhost,IP:127.0.0.1")
        try self.leaf("second", names: "DNS:second.example.org")
        try self.leaf("wrong-name", names: "DNS:elsewhere.example.org")
        try self.leaf("expired", names: "DNS:mail.example.org", days: -1)
        try self.leaf("client", names: "email:anna@example.org")
        try self.authority("self-signed", "mail.example.org", names: "DNS:mail.example.org")
        try openssl(
            ["pkey", "-in", "good.key", "-aes256", "-passout", "pass:open sesame", "-out", "encrypted.key"],
            in: self.folder
        )
        try openssl(
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "rsa.key", "-out", "rsa.pem", "-days", "9",
                "-subj", "/CN=mail.example.org", "-addext", "subjectAltName=DNS:mail.example.org",
            ],
            in: self.folder
        )
    }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    private func authority(_ name: String, _ subject: String, names: String? = nil) throws {
        try openssl(
            ["req", "-x509"] + Self.newKey
                + [
                    "-keyout", "\(name).key", "-out", "\(name).pem", "-days", "9", "-subj",
                    "/O=imapscope/CN=\(subject)",
                ]
                + (names.map { ["-addext", "subjectAltName=\($0)"] } ?? []),
            in: self.folder
        )
    }

    private func leaf(_ name: String, names: String, days: Int = 9) throws {
        try openssl(
            ["req", "-new"] + Self.newKey + ["-keyout", "\(name).key", "-out", "\(name).csr", "-subj", "/CN=\(name)"],
            in: self.folder
        )
        try Data("subjectAltName=\(names)\n".utf8).write(to: self.folder.appendingPathComponent("\(name).ext"))
        try openssl(
            [
                "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", "\(days)", "-extfile", "\(name).ext", "-out", "\(name).pem",
            ],
            in: self.folder
        )
    }

    func path(_ file: String) -> String {
        self.folder.appendingPathComponent(file).path
    }

    func octets(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: self.folder.appendingPathComponent(file)))
    }

    func identity(_ name: String) throws -> TLSIdentity {
        try TLSIdentity(certificatePEM: self.octets("\(name).pem"), keyPEM: Secret(self.octets("\(name).key")))
    }

    func trust(_ name: String = "ca") throws -> TLSTrust {
        TLSTrust(files: [try self.octets("\(name).pem")])
    }

    func server(_ identity: String = "good", _ change: (inout TLSServerSettings) -> Void = { _ in }) throws
        -> TLSContext
    {
        var settings = TLSServerSettings(identity: .fixed(try self.identity(identity)))
        change(&settings)
        return try TLSContext.server(settings)
    }

    func client(
        host: String = Certificates.host,
        trust: String = "ca",
        _ change: (inout TLSClientSettings) -> Void = { _ in }
    ) throws -> TLSContext {
        var settings = TLSClientSettings(host: host)
        settings.trust = try self.trust(trust)
        change(&settings)
        return try TLSContext.client(settings)
    }
}
