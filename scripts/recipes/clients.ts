/** How a client is had and run, in lines of a shell. */
export interface Client {
  readonly file: string
  /** Programs without which it cannot be run; and without which it cannot be installed. */
  readonly runtime: readonly string[]
  readonly installer: readonly string[]
  /** In an empty folder, from where the language has its packages. */
  readonly install: string
  /** With $LIBRARY, a folder that has the client. */
  readonly use: string
  readonly run: string
}

/** Maven asks for a project. */
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>recipe</groupId><artifactId>recipe</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>com.midtrans</groupId><artifactId>java-library</artifactId><version>[3.2,4)</version>
  </dependency></dependencies>
</project>`

export const clients: Readonly<Record<string, Client>> = {
  node: {
    file: 'program.mjs',
    runtime: ['node'],
    installer: ['npm'],
    install: 'npm init -y && npm install midtrans-client',
    use: 'ln -sfn "$LIBRARY/node_modules" node_modules',
    run: 'node program.mjs',
  },
  php: {
    file: 'program.php',
    runtime: ['php'],
    installer: ['composer'],
    install: 'composer require --no-interaction midtrans/midtrans-php',
    use: 'ln -sfn "$LIBRARY/vendor" vendor',
    run: 'php program.php',
  },
  go: {
    file: 'program.go',
    runtime: ['go'],
    installer: [],
    install: 'go mod init recipe && go get github.com/midtrans/midtrans-go',
    // An old-fashioned GOPATH: it works without a network.
    use: 'export GO111MODULE=off GOPATH="$LIBRARY"',
    run: 'go build -o program . && ./program',
  },
  python: {
    file: 'program.py',
    runtime: ['python3'],
    installer: [],
    install: 'python3 -m venv venv && venv/bin/pip install midtransclient',
    use: 'export PYTHONPATH="$LIBRARY"',
    run: 'if [ -d venv ]; then venv/bin/python program.py; else python3 program.py; fi',
  },
  java: {
    file: 'Program.java',
    runtime: ['java', 'keytool'],
    installer: ['mvn'],
    install: `echo '${pom}' > pom.xml && mvn -q dependency:copy-dependencies -DoutputDirectory=lib`,
    use: 'ln -sfn "$LIBRARY" lib',
    run: "java -cp 'lib/*' Program.java",
  },
  ruby: {
    file: 'program.rb',
    runtime: ['ruby'],
    installer: ['gem'],
    install: 'gem install --no-document --install-dir gems veritrans',
    use: 'export RUBYLIB="$LIBRARY/lib"',
    run: 'GEM_PATH="$PWD/gems:$(gem env gempath)" ruby program.rb',
  },
}
