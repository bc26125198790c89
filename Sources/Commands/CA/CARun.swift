import Cryptography
import Reporting
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What `imapscope ca` does, once its options are known.
struct CARun {
    private let files: AuthorityFiles
    private let now: Timestamp

    init() throws(Failure) {
        self.files = try AuthorityFiles()
        self.now = .current
    }

    func show(to output: StandardOutput) throws {
        let stored = try self.stored()
        let certificate = stored.authority.certificate
        // To the nearest day: a new authority is valid for whole days, and processes that start at once agree on them.
        let day: Int64 = 86_400_000_000_000
        let remaining = (certificate.notAfter.since(self.now) + day / 2) / day
        let rows = [
            ("subject", certificate.subject),
            ("SHA-256", certificate.fingerprintText),
            (
                "valid",
                "\(TerminalText.day(certificate.notBefore)) to \(TerminalText.day(certificate.notAfter)), "
                    + "\(remaining) more days"
            ),
            ("key", "\(certificate.keyType ?? "unknown") \(certificate.keyBits), \(certificate.signatureAlgorithm)"),
            ("certificate", self.files.certificatePath(.pem)),
            ("", "\(self.files.certificatePath(.der)) (the same in DER)"),
            ("", "\(self.files.certificatePath(.p12)) (the same in PKCS #12, empty password)"),
            ("private key", "\(self.files.keyPath) (never give it away)"),
        ]
        for (name, value) in rows {
            let padding = String(repeating: " ", count: 13 - name.count)
            output.write("\(name)\(padding)\(TerminalText.escaped(value))\n")
        }
    }

    func export(_ format: CertificateFormat, path: String?, to output: StandardOutput) throws {
        let path = path == "-" ? nil : path
        // Before anything is made: a wrong command line leaves nothing behind.
        if path == nil, format.isBinary, output.isTerminal {
            throw CommandLineError(
                summary: "\(format.rawValue) is binary and would garble the terminal",
                advice: "imapscope ca export --format \(format.rawValue) --output imapscope-ca.\(format.fileExtension)"
            )
        }
        let octets = try format.octets(of: try self.stored().authority.certificate)
        if let path {
            try SafeFile.write(octets, to: path)
        } else {
            output.write(octets.span.bytes)
        }
    }

    private func stored() throws -> AuthorityFiles.Stored {
        let stored = try self.files.loadOrCreate(now: self.now)
        if stored.isNew {
            writeNotice("made a new certificate authority in \(TerminalText.escaped(self.files.directory))")
        }
        for warning in stored.warnings { writeNotice("warning: \(TerminalText.escaped(warning))") }
        return stored
    }
}

extension Timestamp {
    /// The time of the machine's clock.
    static var current: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
    }
}
