"""The Flask original's two routes."""
import socket

from flask import Flask

app = Flask(__name__)


@app.route("/")
def index():
    return f"Built Locally and Pushed\n from: {socket.gethostname()}"


@app.route("/version")
def version():
    return "Helloworld 1.0\n"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=80)
