"""What a test asks of a JupyterLab page, as JavaScript."""

IS_OPEN = "path => window.jupyterapp?.shell?.currentWidget?.context?.path === path"
RUN_ALL = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await window.jupyterapp.commands.execute('notebook:run-all-cells');
  const code = [...panel.content.model.cells].filter(cell => cell.type === 'code');
  return code.map(cell => cell.outputs.toJSON());
}"""
# Puts `text` into the cell that defines a function of this name, in place of the stub's last line.
ANSWER = """([name, text]) => {
  const cells = [...window.jupyterapp.shell.currentWidget.content.model.cells];
  const cell = cells.find(c => c.type === 'code' && c.sharedModel.getSource().startsWith('def ' + name));
  const stub = cell.sharedModel.getSource();
  cell.sharedModel.setSource(stub.replace(/\\n    (raise Not.*|return .*)$/, '\\n    ' + text));
}"""
# Scrolls to the cell with this source (JupyterLab draws only what is on the screen) and reads its output.
READ = """async source => {
  const content = window.jupyterapp.shell.currentWidget.content;
  const index = [...content.model.cells].findIndex(c => c.sharedModel.getSource().startsWith(source));
  await content.scrollToItem(index, 'center');
  await new Promise(resolve => setTimeout(resolve, 500));
  return content.widgets[index].outputArea.node.innerText;
}"""
