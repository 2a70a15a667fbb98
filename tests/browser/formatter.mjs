// Gives Cucumber Messages (standard input) to the official formatter; its page goes to standard output.
// The first argument is the folder node_modules that holds @cucumber/html-formatter.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { createInterface } from 'node:readline'

const require = createRequire(`${process.argv[2]}/`)
const { CucumberHtmlStream } = await import(pathToFileURL(require.resolve('@cucumber/html-formatter')))
const formatter = new CucumberHtmlStream()
formatter.pipe(process.stdout)
for await (const line of createInterface({ input: process.stdin })) {
  formatter.write(JSON.parse(line))
}
formatter.end()
