import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file for everybody to read, replaced where there is one.
struct GeneratedFile {
    var name: String
    var octets: [UInt8]

    init(_ name: String, _ text: String) {
        self.name = name
        self.octets = Array(text.utf8)
    }

    func write(into folder: String) throws(Failure) {
        let path = folder + "/" + self.name
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw self.failure(path, .cannotCreate, "create", errno) }
        defer { close(descriptor) }
        // Whatever the umask: these are for every user of the machine.
        fchmod(descriptor, 0o644)
        var written = 0
        while written < self.octets.count {
            let count = self.octets[written...].withUnsafeBytes { self.write($0, to: descriptor) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw self.failure(path, .ioError, "write", errno) }
            written += count
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    private func failure(_ path: String, _ code: ExitCode, _ verb: String, _ number: Int32) -> Failure {
        Failure(code, "cannot \(verb) \(path): \(systemErrorText(number))", advice: "check that the folder exists")
    }
}
