import CaptureDecoding
import Cryptography
import Reporting
import Synchronization
import TLSDecryption
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The keys that were given for TLS in captures: key logs, which are read on while they grow, and private keys.
final class DecryptionInput: Sendable {
    private struct File {
        var name: String
        var descriptor: Int32
        var reader: KeyLogReader
    }

    private let keyLog = KeyLog()
    private let privateKeys: [PrivateKey]
    private let files: Mutex<[File]>
    /// A pipe, or a capture that is still being written: keys of its first connections may come later.
    private let mayGrow: Bool

    /// A larger file is no private key.
    private static let keyLimit = 1 << 20

    /// - Parameter isLive: whether the capture is still being written.
    init(_ settings: DecryptionOptions.Decided, isLive: Bool) throws {
        self.privateKeys = try settings.privateKeys.map { try Self.privateKey($0.path) }
        var files: [File] = []
        var mayGrow = isLive && !settings.keyLogs.isEmpty
        for path in settings.keyLogs.map(\.path) {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
            guard descriptor >= 0 else { throw InputError(name: path, number: errno) }
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw InputError(name: path, number: errno) }
            guard status.st_mode & S_IFMT != S_IFDIR else { throw InputError(name: path, number: EISDIR) }
            if status.st_mode & S_IFMT != S_IFREG { mayGrow = true }
            files.append(File(name: path, descriptor: descriptor, reader: KeyLogReader(self.keyLog, source: path)))
        }
        self.mayGrow = mayGrow
        self.files = Mutex(files)
        self.update()
        // A file that is complete may lack its last line's end; one that grows may be in the middle of a line.
        if !mayGrow {
            self.files.withLock { files in for index in files.indices { files[index].reader.finish() } }
        }
    }

    deinit { self.files.withLock { for file in $0 { close(file.descriptor) } } }

    /// For the thread that reads the sessions.
    func makeKeys() -> CaptureKeys {
        let decryption = TLSDecryptionKeys(keyLog: self.keyLog, privateKeys: self.privateKeys, mayGrow: self.mayGrow)
        return CaptureKeys(decryption, refresh: { [self] _ in self.update() })
    }

    /// Reads what the key logs have now.
    private func update() {
        self.files.withLock { files in
            guard !files.isEmpty else { return }
            withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 16) { buffer in
                defer { explicit_bzero(buffer.baseAddress!, buffer.count) }
                for index in files.indices {
                    while true {
                        let count = read(files[index].descriptor, buffer.baseAddress, buffer.count)
                        guard count > 0 else { break }
                        files[index].reader.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]).bytes)
                    }
                }
            }
        }
    }

    /// What is wrong with the key logs, for people; after the run.
    var notices: [String] {
        self.files.withLock { files in
            files.flatMap { file -> [String] in
                var lines = file.reader.problems.prefix(3).map { TerminalText.escaped("\($0)") }
                let more = file.reader.problemCount - lines.count
                if more > 0 { lines.append("\(TerminalText.escaped(file.name)): \(more) more lines are no secrets") }
                if file.reader.secretCount == 0 {
                    lines.append("\(TerminalText.escaped(file.name)): there is no secret in it")
                }
                return lines
            }
        }
    }

    private static func privateKey(_ path: String) throws -> PrivateKey {
        var octets = try InputFile.contents(of: path, limit: self.keyLimit)
        defer { octets.withUnsafeMutableBytes { if let base = $0.baseAddress { explicit_bzero(base, $0.count) } } }
        do throws(PrivateKeyProblem) {
            return try PrivateKey(pem: Secret(octets))
        } catch {
            throw Failure(
                .dataError,
                "\(path): \(error.text)",
                advice: "--tls-key takes the server's private RSA key in PEM, not encrypted"
            )
        }
    }
}
