// TestServer
