// SPDX-License-Identifier: GPL-3.0-or-later
// read-script.mjs GRAMMAR-FOLDER SCRIPT…: prints what stands in PowerShell scripts, as JSON, one object a script:
//   errors    places that are no PowerShell
//   members   paths of the hash literals in the assignments to $facts and $facts['name']: "hardware.disks.drive"
//   commands  names of the commands that are called; "& …" for those that are called by a text or a variable
//   methods   what is invoked: "[System.IO.File]::Move" of a type, ".Dispose" of an object
//   functions names of the functions that the script defines
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${folder}/package.json`));
const { Parser, Language } = await import(pathToFileURL(require.resolve('web-tree-sitter')));
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(`${folder}/node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm`));

const named = (node, type) => node.namedChildren.filter((child) => child.type === type);
const unquoted = (text) => text.replace(/^(['"])(.*)\1$/s, '$2');

function collectMembers (node, path, members) {
  for (const child of node.namedChildren) {
    if (child.type !== 'hash_entry') { collectMembers(child, path, members); continue; }
    const inner = [...path, unquoted(named(child, 'key_expression')[0].text.trim())];
    members.push(inner.join('.'));
    for (const value of child.namedChildren.filter((n) => n.type !== 'key_expression'))
      collectMembers(value, inner, members);
  }
}

function look (node, found) {
  if (node.isError || node.isMissing)
    found.errors.push(`line ${node.startPosition.row + 1}: ${node.isMissing ? `${node.type} is missing` : node.text.slice(0, 40)}`);
  if (node.type === 'command') {
    const name = named(node, 'command_name')[0];
    found.commands.push(name ? name.text : `& ${unquoted(named(node, 'command_name_expr')[0]?.text ?? node.text)}`);
  }
  if (node.type === 'invokation_expression') {
    const member = named(node, 'member_name')[0]?.text ?? '?';
    const [object] = node.namedChildren;
    found.methods.push(object.type === 'type_literal' ? `${object.text}::${member}` : `.${member}`);
  }
  if (node.type === 'function_statement') found.functions.push(named(node, 'function_name')[0].text);
  if (node.type === 'assignment_expression') {
    const [, member] = node.namedChildren[0].text.trim().match(/^\$facts(?:\['(\w+)'\])?$/) ?? [null, null];
    if (member) found.members.push(member);
    if (member !== null) collectMembers(node, member ? [member] : [], found.members);
  }
  for (const child of node.children) look(child, found);
}

const all = files.map((file) => {
  const found = { file, errors: [], members: [], commands: [], methods: [], functions: [] };
  look(parser.parse(readFileSync(file, 'utf8')).rootNode, found);
  return found;
});
console.log(JSON.stringify(all));
