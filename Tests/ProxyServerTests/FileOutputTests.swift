import ProxyServer
import Synchronization
import Testing
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@Suite struct `An output file` {
    /// A directory that goes when the test is over.
    private final class Place {
        let path: String

        init() throws {
            var template = Array("/tmp/imapscope-test.XXXXXX".utf8CString)
            let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
            try #require(made)
            self.path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        }

        deinit {
            for name in ["a", "b", "c"] { unlink("\(self.path)/\(name)") }
            rmdir(self.path)
        }

        func text(_ name: String) -> String? {
            guard let file = fopen("\(self.path)/\(name)", "r") else { return nil }
            defer { fclose(file) }
            var octets = [UInt8](repeating: 0, count: 1 << 16)
            let count = fread(&octets, 1, octets.count, file)
            return String(decoding: octets[..<count], as: UTF8.self)
        }
    }

    private final class Notices: Sendable {
        let all = Mutex<[FileOutput.Notice]>([])
        func take(_ notice: FileOutput.Notice) { self.all.withLock { $0.append(notice) } }
    }

    private func write(_ text: String, to output: FileOutput) {
        let octets = Array(text.utf8)
        output.write(octets.span.bytes)
    }

    @Test func `is private and holds what was written, in order`() async throws {
        let place = try Place()
        let output = try FileOutput(path: place.path + "/a", policy: .pause) { _ in }
        for number in 0..<100 { self.write("\(number)\n", to: output) }
        await output.close()
        #expect(place.text("a") == (0..<100).map { "\($0)\n" }.joined())
        var status = stat()
        #expect(lstat(place.path + "/a", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `follows no symbolic link`() throws {
        let place = try Place()
        #expect(symlink(place.path + "/b", place.path + "/a") == 0)
        #expect(throws: OutputError(path: place.path + "/a", errno: ELOOP)) {
            _ = try FileOutput(path: place.path + "/a", policy: .pause) { _ in }
        }
        #expect(place.text("b") == nil)
    }

    @Test func `is opened again under its path after a rotation`() async throws {
        let place = try Place()
        let output = try FileOutput(path: place.path + "/a", policy: .pause) { _ in }
        self.write("before\n", to: output)
        #expect(rename(place.path + "/a", place.path + "/b") == 0)
        output.reopen()
        await output.settled()
        self.write("after\n", to: output)
        await output.close()
        #expect(place.text("b") == "before\n")
        #expect(place.text("a") == "after\n")
    }

    @Test func `pauses the traffic for a slow reader and loses nothing`() async throws {
        let ends = try self.makePipe()
        let notices = Notices()
        let output = FileOutput(descriptor: ends.writing, policy: .pause) { notices.take($0) }
        let line = String(repeating: "x", count: 99_999) + "\n"
        for _ in 0..<60 { self.write(line, to: output) }
        #expect(notices.all.withLock { $0 } == [.blocked])
        #expect(self.drain(ends.reading, octets: 6_000_000) == 6_000_000)
        await output.close()
        #expect(notices.all.withLock { $0 } == [.blocked, .unblocked])
        close(ends.reading)
        close(ends.writing)
    }

    @Test func `drops for a slow reader, counts, and marks the place`() async throws {
        let ends = try self.makePipe()
        let notices = Notices()
        let marks = FileOutput.Marks { Array("dropped \($0)\n".utf8) }
        let output = FileOutput(descriptor: ends.writing, policy: .drop, marks: marks) { notices.take($0) }
        let line = String(repeating: "x", count: 99_999) + "\n"
        for _ in 0..<120 { self.write(line, to: output) }
        let reading = ends.reading
        async let read = Task.detached { Self.drain(reading) }.value
        await output.close()
        close(ends.writing)
        let lines = await read.split(separator: 0x0A)
        close(ends.reading)
        let told = notices.all.withLock { $0 }.map { notice -> Int in
            if case .dropped(let octets) = notice { octets } else { 0 }
        }
        #expect(told.reduce(0, +) >= 7_000_000)
        #expect(lines.count { $0.first == 0x78 } * 100_000 + told.reduce(0, +) == 12_000_000)
        let marked = lines.filter { $0.first != 0x78 }.map { String(decoding: $0, as: UTF8.self) }
        #expect(marked == told.map { "dropped \($0)" })
    }

    @Test func `empties an old file at the first write, not before`() async throws {
        let place = try Place()
        let old = try FileOutput(path: place.path + "/a", policy: .pause) { _ in }
        self.write("old\n", to: old)
        await old.close()
        let new = try FileOutput(path: place.path + "/a", policy: .pause) { _ in }
        await new.settled()
        #expect(place.text("a") == "old\n")
        self.write("new\n", to: new)
        await new.close()
        #expect(place.text("a") == "new\n")
    }

    @Test func `begins a new file after a rotation, and appends to one that is there`() async throws {
        let place = try Place()
        let marks = FileOutput.Marks(beginning: Array("header\n".utf8))
        let output = try FileOutput(path: place.path + "/a", policy: .pause, marks: marks) { _ in }
        self.write("one\n", to: output)
        output.reopen()
        self.write("two\n", to: output)
        await output.settled()
        #expect(place.text("a") == "one\ntwo\n")
        #expect(rename(place.path + "/a", place.path + "/b") == 0)
        output.reopen()
        self.write("three\n", to: output)
        await output.close()
        #expect(place.text("b") == "one\ntwo\n")
        #expect(place.text("a") == "header\nthree\n")
    }

    @Test func `is told when writing fails, and goes on in a file that is opened again`() async throws {
        let place = try Place()
        #expect(mkfifo(place.path + "/a", 0o600) == 0)
        signal(SIGPIPE, SIG_IGN)
        let reading = open(place.path + "/a", O_RDONLY | O_NONBLOCK)
        let notices = Notices()
        let output = try FileOutput(path: place.path + "/a", policy: .pause) { notices.take($0) }
        close(reading)
        self.write("lost\n", to: output)
        await output.settled()
        #expect(notices.all.withLock { $0 } == [.readerGone])
        #expect(unlink(place.path + "/a") == 0)
        output.reopen()
        await output.settled()
        self.write("kept\n", to: output)
        await output.close()
        #expect(place.text("a") == "kept\n")
    }

    @Test func `does not wait for a reader that takes nothing`() async throws {
        let ends = try self.makePipe()
        let output = FileOutput(descriptor: ends.writing, policy: .drop) { _ in }
        self.write(String(repeating: "x", count: 999_999) + "\n", to: output)
        // What a pipe holds has left, the rest has not.
        let unwritten = await output.close(within: .milliseconds(50))
        #expect(unwritten > 0)
        #expect(unwritten <= 1_000_000)
        close(ends.reading)
        await output.settled()
        close(ends.writing)
    }

    @Test func `says once that its reader is gone`() async throws {
        signal(SIGPIPE, SIG_IGN)
        let ends = try self.makePipe()
        let notices = Notices()
        let output = FileOutput(descriptor: ends.writing, policy: .drop) { notices.take($0) }
        close(ends.reading)
        self.write("one\n", to: output)
        await output.settled()
        self.write("two\n", to: output)
        await output.close()
        #expect(notices.all.withLock { $0 } == [.readerGone])
        close(ends.writing)
    }

    private func makePipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    /// Everything up to the end of the pipe.
    private static func drain(_ descriptor: Int32) -> [UInt8] {
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let got = read(descriptor, &buffer, buffer.count)
            if got <= 0 { return octets }
            octets += buffer[..<got]
        }
    }

    private func drain(_ descriptor: Int32, octets: Int) -> Int {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var count = 0
        while count < octets {
            let got = read(descriptor, &buffer, min(buffer.count, octets - count))
            if got <= 0 { break }
            count += got
        }
        return count
    }
}
