import Foundation
import Synchronization
import Testing
import Traffic

@testable import Commands
@testable import ProxyServer

/// A terminal whose other end the test has in its hand.
private final class TestTerminal: Sendable {
    let person: Int32
    let program: Int32

    init() throws {
        // pts(4), ioctl_tty(2): what posix_openpt(3) and its like do; the C library of the toolchain does not show them.
        let person = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var isLocked: Int32 = 0
        var number: Int32 = 0
        try #require(person >= 0 && ioctl(person, 0x4004_5431, &isLocked) == 0)
        try #require(ioctl(person, 0x8004_5430, &number) == 0)
        let name = "/dev/pts/\(number)"
        self.person = person
        self.program = open(name, O_RDWR | O_NOCTTY)
        try #require(self.program >= 0)
    }

    deinit {
        close(self.person)
        close(self.program)
    }

    func type(_ text: String) {
        let octets = Array(text.utf8)
        #expect(write(self.person, octets, octets.count) == octets.count)
    }

    /// What the program shows until `word` has come.
    func read(until word: String) throws -> String {
        var shown: [UInt8] = []
        while !String(decoding: shown, as: UTF8.self).contains(word) {
            var entry = pollfd(fd: self.person, events: Int16(POLLIN), revents: 0)
            try #require(poll(&entry, 1, 10_000) == 1, "no “\(word)” in \(String(decoding: shown, as: UTF8.self))")
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = Foundation.read(self.person, &buffer, buffer.count)
            try #require(count > 0)
            shown += buffer[..<count]
        }
        return String(decoding: shown, as: UTF8.self)
    }
}

private final class Decisions: Sendable {
    private let told = Mutex([String: BreakVerdict]())
    let signal = DispatchSemaphore(value: 0)

    func message(_ id: Int, _ text: String, secrets: [Range<Int>] = [], isCommand: Bool = true) -> WaitingMessage {
        WaitingMessage(
            id: id,
            connection: ConnectionID(UInt64(id)),
            direction: isCommand ? .client : .server,
            octets: Array((text + "\r\n").utf8),
            secrets: secrets,
            isCommand: isCommand,
            check: { $0.starts(with: Array("bad".utf8)) ? "the tag \u{1B} is bad" : nil },
            decide: { verdict in
                self.told.withLock { $0["\(id)"] = verdict }
                self.signal.signal()
            }
        )
    }

    func wait() { #expect(self.signal.wait(timeout: .now() + 10) == .success) }
    subscript(id: Int) -> BreakVerdict? { self.told.withLock { $0["\(id)"] } }
}

@Suite struct BreakPromptTests {
    private static func prompt(_ terminal: TestTerminal, limit: Int = 0, editor: String? = nil) throws -> BreakPrompt {
        try BreakPrompt(terminal: BreakTerminal(descriptor: terminal.program), gate: nil, limit: limit, editor: editor)
    }

    @Test(arguments: [
        ("f\n", BreakVerdict.forward), ("drop\n", .drop), ("k\n", .kill),
        ("a NO [NOPERM] no\n", .answer("NO [NOPERM] no")),
        ("what\nf\n", .forward), ("\u{4}", .forward),
    ])
    func `a person decides`(typed: String, verdict: BreakVerdict) throws {
        let terminal = try TestTerminal()
        let decisions = Decisions()
        let prompt = try Self.prompt(terminal)
        prompt.ask(decisions.message(1, "a1 LOGIN joe hunter2", secrets: [13..<20]))
        let shown = try terminal.read(until: "> ")
        #expect(shown.contains("C: a1 LOGIN joe \u{2039}masked 1\u{203A}") && !shown.contains("hunter2"))
        terminal.type(typed)
        decisions.wait()
        #expect(decisions[1] == verdict)
        prompt.close()
    }

    @Test func `messages wait for their turn, and those of a session that ends wait no longer`() throws {
        let terminal = try TestTerminal()
        let decisions = Decisions()
        let prompt = try Self.prompt(terminal)
        prompt.ask(decisions.message(1, "a1 SELECT one"))
        _ = try terminal.read(until: "> ")
        prompt.ask(decisions.message(2, "a1 SELECT two"))
        prompt.ask(decisions.message(3, "a1 SELECT three"))
        prompt.withdraw(ConnectionID(2))
        terminal.type("d\n")
        decisions.wait()
        let shown = try terminal.read(until: "> ")
        #expect(shown.contains("SELECT three") && !shown.contains("SELECT two"))
        prompt.withdraw(ConnectionID(3))
        _ = try terminal.read(until: BreakText.withdrawn)
        #expect(decisions[1] == .drop && decisions[2] == nil && decisions[3] == nil)
        prompt.close()
    }

    @Test func `nobody decides in time, so it is forwarded`() throws {
        let terminal = try TestTerminal()
        let decisions = Decisions()
        let prompt = try Self.prompt(terminal, limit: 1)
        prompt.ask(decisions.message(1, "* BYE", isCommand: false))
        decisions.wait()
        #expect(decisions[1] == .forward)
        #expect(try terminal.read(until: "forwarded\r\n").contains("no decision within 1 s"))
        prompt.close()
    }

    @Test func `closing forwards what waits and whatever comes`() throws {
        let terminal = try TestTerminal()
        let decisions = Decisions()
        let prompt = try Self.prompt(terminal)
        prompt.ask(decisions.message(1, "a NOOP"))
        prompt.close()
        prompt.ask(decisions.message(2, "a NOOP"))
        decisions.wait()
        decisions.wait()
        #expect(decisions[1] == .forward && decisions[2] == .forward)
    }

    @Test func `an edited message goes in its place when it can be sent, and nobody else reads it meanwhile`() throws {
        let folder = try ScratchFolder()
        let terminal = try TestTerminal()
        let decisions = Decisions()
        // Tells the modes of file and folder, and what is in the file.
        try folder.write(
            Array(
                "stat -c %a \"$1\" \"$(dirname \"$1\")\"; cat \"$1\"; sed -i \"s/one/$(cat '\(folder.path)/word')/\" \"$1\""
                    .utf8
            ),
            to: "editor"
        )
        try folder.write(Array("one".utf8), to: "word")
        let prompt = try Self.prompt(terminal, editor: "/bin/sh '\(folder.file("editor"))'")
        prompt.ask(decisions.message(1, "a1 COPY one secretbox", secrets: [12..<21]))
        _ = try terminal.read(until: "> ")
        terminal.type("e\n")
        let shown = try terminal.read(until: "> ")
        #expect(
            shown.contains("600\r\n700\r\na1 COPY one \u{2039}masked 1\u{203A}") && shown.contains(BreakText.unchanged),
            "\(shown)"
        )
        try folder.write(Array("two".utf8), to: "word")
        terminal.type("e\n")
        decisions.wait()
        #expect(decisions[1] == .replace(Array("a1 COPY two secretbox\r\n".utf8)), "\(shown)")
        prompt.close()
    }

    @Test func `what cannot be sent is told, and edited again from where it was left`() throws {
        let terminal = try TestTerminal()
        let decisions = Decisions()
        let prompt = try Self.prompt(terminal, editor: "sed -i 's/^/bad/;s/^badbad/good/'")
        prompt.ask(decisions.message(1, "a1 NOOP"))
        _ = try terminal.read(until: "> ")
        terminal.type("e\n")
        let shown = try terminal.read(until: "> ")
        #expect(shown.contains("this cannot be sent: the tag") && !shown.contains("\u{1B}"))
        terminal.type("e\n")
        decisions.wait()
        #expect(decisions[1] == .replace(Array("gooda1 NOOP\r\n".utf8)))
        prompt.close()
    }

    @Test func `a gate holds an output back and lets it go on`() async throws {
        let folder = try ScratchFolder()
        let file = open(folder.file("out"), O_WRONLY | O_CREAT, 0o600)
        let gate = OutputGate()
        gate.hold()
        let output = FileOutput(descriptor: file, policy: .drop, gate: gate) { _ in }
        output.write("held\n")
        #expect(await output.close(within: .milliseconds(50)) == 5)
        #expect(try folder.read("out").isEmpty)
        gate.release()
        await output.close()
        #expect(try folder.read("out") == Array("held\n".utf8))
    }
}
