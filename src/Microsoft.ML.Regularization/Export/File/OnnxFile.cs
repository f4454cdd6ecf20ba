using System.Globalization;

namespace Microsoft.ML.Regularization.Export;

/// <summary>A graph that becomes a file.</summary>
/// <param name="mostBytes">Bytes of weights that it may have.</param>
internal sealed class OnnxFile(long mostBytes = OnnxFile.MostBytes) : OnnxGraph
{
    // The version of the format that goes with the operators.
    private const int FormatVersion = 7;

    /// <summary>Protobuf's limit, less what is not weights.</summary>
    public const long MostBytes = int.MaxValue - (1 << 26);

    private readonly List<ProtobufMessage> _nodes = [];
    private readonly List<ProtobufMessage> _constants = [];
    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxValue> _outputs = [];
    private long _bytes;
    private int _names;

    public override string[] Add(string operation, int outputs, string[] inputs, params OnnxAttribute[] attributes)
    {
        var results = new string[outputs];
        for (var i = 0; i < outputs; i++)
            results[i] = NameOf(operation);
        _nodes.Add(OnnxMessages.Node(operation, results[0], inputs, results, attributes));
        return results;
    }

    public override string Constant(float[] values, params long[] shape)
    {
        Count(values.LongLength * sizeof(float));
        var name = NameOf("numbers");
        _constants.Add(OnnxMessages.Tensor(name, values, shape));
        return name;
    }

    public override string Constant(long[] values, params long[] shape)
    {
        Count(values.LongLength * sizeof(long));
        var name = NameOf("numbers");
        _constants.Add(OnnxMessages.Tensor(name, values, shape));
        return name;
    }

    public string Input(string name, OnnxType type, long width)
    {
        _inputs.Add(new OnnxValue(name, type, width));
        return name;
    }

    /// <summary>Gives a value as an output.</summary>
    public void Output(string value, OnnxValue output)
    {
        _nodes.Add(OnnxMessages.Node("Identity", output.Name, [value], [output.Name], []));
        _outputs.Add(output);
    }

    /// <param name="stream">Where to.</param>
    /// <param name="producer">Who made it, and in which version.</param>
    /// <param name="properties">What else there is to know.</param>
    public void Save(Stream stream, (string Name, string Version) producer, IEnumerable<(string Key, string Value)> properties)
    {
        var (model, graph) = (new ProtobufMessage(), new ProtobufMessage());
        _nodes.ForEach(node => graph.Add(1, node));
        graph.Add(2, "network");
        _constants.ForEach(constant => graph.Add(5, constant));
        _inputs.ForEach(input => graph.Add(11, OnnxMessages.Value(input)));
        _outputs.ForEach(output => graph.Add(12, OnnxMessages.Value(output)));
        model.Add(1, FormatVersion);
        model.Add(2, producer.Name);
        model.Add(3, producer.Version);
        model.Add(7, graph);
        model.Add(8, OnnxMessages.Opset(Opset));
        foreach (var (key, value) in properties)
            model.Add(14, OnnxMessages.Property(key, value));
        model.WriteTo(stream);
    }

    // Inputs have the names of columns, whatever these are.
    private string NameOf(string kind)
    {
        var name = "";
        do
            name = string.Create(CultureInfo.InvariantCulture, $"{kind}_{_names++}");
        while (_inputs.Exists(input => input.Name == name));
        return name;
    }

    private void Count(long bytes)
    {
        _bytes += bytes;
        if (_bytes > mostBytes)
            throw new NotSupportedException($"The network has more weights than an ONNX file of {mostBytes} bytes holds.");
    }
}
