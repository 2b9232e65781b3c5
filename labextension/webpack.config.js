// Numbered in their order. By default the number of the entry hangs on the folder it is built in, and
// the built files, which are checked in and compared, would differ from machine to machine.
module.exports = { optimization: { moduleIds: 'natural' } };
