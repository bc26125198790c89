import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import TLSTransport

/// The handler against the openssl command, over sockets of the loopback interface.
@Suite(.timeLimit(.minutes(1))) struct OpenSSLPeerTests {
    private static let options: [TLSVersion: [String]] = [
        .tls10: ["-tls1", "-cipher", "ALL:@SECLEVEL=0"], .tls12: ["-tls1_2"], .tls13: ["-tls1_3"],
    ]

    @Test(arguments: [TLSVersion.tls10, .tls12, .tls13])
    func `s_client talks to our server and logs the same keys`(version: TLSVersion) async throws {
        let made = try Certificates.get()
        let lines = Mutex([String]())
        let server = try await EchoServer.start(
            made.server {
                $0.common.minimumVersion = .tls10
                $0.common.keyLog = { line in lines.withLock { $0.append(line) } }
            }
        )
        let log = "keys-\(version.rawValue).log"
        let client = try OpenSSLPeer(
            [
                "s_client", "-quiet", "-no_ign_eof", "-connect", "127.0.0.1:\(server.port)", "-CAfile", "ca.pem",
                "-verify_return_error", "-servername", Certificates.host, "-alpn", "imap", "-keylogfile", log,
            ] + (Self.options[version] ?? []),
            in: made.folder
        )
        client.send("a1 NOOP\r\n")
        #expect(client.read(until: "a1 NOOP").contains("a1 NOOP"))
        client.send("Q\n")
        client.closeInput()
        var seen = ""
        for await told in server.told {
            if case .established(let facts) = told {
                #expect(facts.version == version)
                #expect(facts.serverName == Certificates.host)
                #expect(facts.applicationProtocol == "imap")
            }
            if case .text(let text) = told { seen += text }
            if case .failed(let failure) = told { Issue.record("\(failure)") }
            if case .ended(let truncated) = told {
                #expect(!truncated)
                break
            }
        }
        client.stop()
        #expect(seen.hasPrefix("a1 NOOP\r\n"))
        let theirs = try String(contentsOfFile: made.path(log), encoding: .utf8)
        let kept = Set(theirs.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") })
        #expect(!kept.isEmpty)
        #expect(kept == Set(lines.withLock { $0 }))
        try await server.channel.close()
    }

    @Test(arguments: [TLSVersion.tls10, .tls12, .tls13])
    func `our client talks to s_server`(version: TLSVersion) async throws {
        let made = try Certificates.get()
        let server = try OpenSSLPeer(
            [
                "s_server", "-rev", "-accept", "127.0.0.1:0", "-cert", "good.pem", "-key", "good.key", "-alpn", "imap",
            ] + (Self.options[version] ?? []),
            in: made.folder
        )
        let said = server.read(until: "ACCEPT 127.0.0.1:")
        let digits = said.split(separator: "ACCEPT 127.0.0.1:").last?.prefix { $0.isNumber } ?? ""
        let port = try #require(Int(digits))
        let context = try made.client { $0.common.minimumVersion = .tls10 }
        for round in 0..<2 {
            let client = try await EchoServer.connect(context, port: port, greeting: "NOOP\n")
            for await told in client.told {
                if case .established(let facts) = told {
                    #expect(facts.version == version)
                    #expect(facts.isResumed == (round > 0))
                    #expect(facts.applicationProtocol == "imap")
                }
                if case .failed(let failure) = told { Issue.record("\(failure)") }
                if case .text(let text) = told {
                    #expect(text == "POON\n")
                    break
                }
            }
            try await client.channel.close()
        }
        server.stop()
    }

    @Test func `s_client that asks for renegotiation is refused, and goes on`() async throws {
        let made = try Certificates.get()
        let server = try await EchoServer.start(made.server())
        let client = try OpenSSLPeer(
            ["s_client", "-connect", "127.0.0.1:\(server.port)", "-tls1_2", "-CAfile", "ca.pem"],
            in: made.folder
        )
        _ = client.read(until: "Verify return code")
        client.send("R\n")
        var wasRefused = false
        for await told in server.told {
            if case .renegotiationRefused = told { wasRefused = true }
            if case .renegotiationRefused = told { break }
            if case .failed(let failure) = told { Issue.record("\(failure)") }
            if case .ended = told { break }
        }
        #expect(wasRefused)
        client.stop()
        try await server.channel.close()
    }

    @Test func `s_client that does not know our CA says so by alert`() async throws {
        let made = try Certificates.get()
        let server = try await EchoServer.start(made.server())
        let client = try OpenSSLPeer(
            ["s_client", "-connect", "127.0.0.1:\(server.port)", "-CAfile", "other-ca.pem", "-verify_return_error"],
            in: made.folder
        )
        for await told in server.told {
            guard case .failed(let failure) = told else { continue }
            #expect(failure.alert?.alert.name == "unknown_ca")
            #expect(failure.alert?.isFromPeer == true)
            break
        }
        client.stop()
        try await server.channel.close()
    }

    @Test func `a client that is killed leaves a truncated stream`() async throws {
        let made = try Certificates.get()
        let server = try await EchoServer.start(made.server())
        let client = try OpenSSLPeer(
            ["s_client", "-quiet", "-connect", "127.0.0.1:\(server.port)"],
            in: made.folder
        )
        client.send("a1 NOOP\r\n")
        _ = client.read(until: "a1 NOOP")
        client.stop()
        for await told in server.told {
            guard case .ended(let truncated) = told else { continue }
            #expect(truncated)
            break
        }
        try await server.channel.close()
    }
}
