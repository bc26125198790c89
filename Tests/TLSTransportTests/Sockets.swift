import Foundation
import NIOCore
import NIOPosix
import Synchronization

@testable import TLSTransport

/// What a connection of the test server told.
enum Told: Sendable {
    case established(TLSFacts)
    case failed(TLSFailure)
    case renegotiationRefused
    case text(String)
    case ended(truncated: Bool)
}

/// Echoes octets over TLS on a real socket and tells what happened.
final class EchoHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let tell: @Sendable (Told) -> Void
    private let greeting: String?
    private var wasTruncated = false

    init(greeting: String?, _ tell: @escaping @Sendable (Told) -> Void) {
        self.greeting = greeting
        self.tell = tell
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = self.unwrapInboundIn(data)
        self.tell(.text(String(buffer: buffer)))
        if self.greeting == nil { context.writeAndFlush(NIOAny(buffer), promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.tell(.ended(truncated: self.wasTruncated))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSEvent.established(let facts):
            self.tell(.established(facts))
            if let greeting = self.greeting {
                context.writeAndFlush(NIOAny(ByteBuffer(string: greeting)), promise: nil)
            }
        case TLSEvent.failed(let failure):
            self.tell(.failed(failure))
            context.close(promise: nil)
        case TLSEvent.renegotiationRefused: self.tell(.renegotiationRefused)
        case TLSEvent.truncated: self.wasTruncated = true
        case ChannelEvent.inputClosed:
            self.tell(.ended(truncated: self.wasTruncated))
            context.close(promise: nil)
        default: break
        }
    }
}

/// A TLS server of ours on a free port of the loopback interface.
struct EchoServer {
    let channel: any Channel
    let told: AsyncStream<Told>

    var port: Int { self.channel.localAddress?.port ?? 0 }

    static func start(_ context: TLSContext) async throws -> EchoServer {
        let (told, more) = AsyncStream.makeStream(of: Told.self)
        let channel = try await ServerBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TLSHandler(context))
                    try channel.pipeline.syncOperations.addHandler(EchoHandler(greeting: nil) { more.yield($0) })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return EchoServer(channel: channel, told: told)
    }

    static func connect(_ context: TLSContext, port: Int, greeting: String) async throws -> EchoServer {
        let (told, more) = AsyncStream.makeStream(of: Told.self)
        let channel = try await ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TLSHandler(context))
                    try channel.pipeline.syncOperations.addHandler(EchoHandler(greeting: greeting) { more.yield($0) })
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return EchoServer(channel: channel, told: told)
    }
}

/// An openssl command that runs beside the test.
final class OpenSSLPeer {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ arguments: [String], in folder: URL) throws {
        self.process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        self.process.arguments = ["openssl"] + arguments
        self.process.currentDirectoryURL = folder
        self.process.standardInput = self.input
        self.process.standardOutput = self.output
        self.process.standardError = self.output
        try self.process.run()
    }

    func send(_ text: String) {
        self.input.fileHandleForWriting.write(Data(text.utf8))
    }

    func closeInput() {
        try? self.input.fileHandleForWriting.close()
    }

    /// Reads until `text` has come, or to the end.
    func read(until text: String) -> String {
        var all = ""
        while !all.contains(text) {
            let data = self.output.fileHandleForReading.availableData
            if data.isEmpty { break }
            all += String(decoding: data, as: UTF8.self)
        }
        return all
    }

    func stop() {
        // Not SIGTERM: the threads that tests run on block it, and a process inherits that.
        if self.process.isRunning { kill(self.process.processIdentifier, SIGKILL) }
        self.process.waitUntilExit()
    }
}
