import NIOCore
import NIOEmbedded
import NIOPosix
