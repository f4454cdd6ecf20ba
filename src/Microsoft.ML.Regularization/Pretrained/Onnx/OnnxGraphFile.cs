namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>The tensors and operators of an ONNX file: field numbers are those of <c>onnx.proto</c>.</summary>
/// <param name="Tensors">Initializers, and what operators of the kind Constant hold.</param>
/// <param name="Nodes">The operators in their order.</param>
internal sealed record OnnxGraphFile(IReadOnlyList<PublishedTensor> Tensors, IReadOnlyList<OnnxNode> Nodes)
{
    private const int ModelGraph = 7;
    private const int GraphNode = 1;
    private const int GraphTensor = 5;
    private const int AttributeTensor = 5;

    /// <exception cref="InvalidDataException">The bytes are no ONNX model, or not one whose weights can be read.</exception>
    public static OnnxGraphFile Read(ReadOnlyMemory<byte> file)
    {
        var (tensors, nodes, hasGraph) = (new List<PublishedTensor>(), new List<OnnxNode>(), false);
        foreach (var graph in ProtobufField.In(file).Where(field => field.Number == ModelGraph))
        {
            hasGraph = true;
            foreach (var field in graph.Fields())
            {
                if (field.Number == GraphTensor)
                    tensors.Add(OnnxTensor.Read(field));
                else if (field.Number == GraphNode)
                    nodes.Add(NodeOf(field, tensors));
            }
        }

        if (!hasGraph)
            throw new InvalidDataException("it has no graph.");
        if (tensors.GroupBy(tensor => tensor.Stored).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidDataException($"the tensor '{twice.Key}' is there twice.");
        return new OnnxGraphFile(tensors, nodes);
    }

    private static OnnxNode NodeOf(ProtobufField node, List<PublishedTensor> tensors)
    {
        var (operation, inputs, outputs, numbers) = ("", new List<string>(), new List<string>(), new Dictionary<string, long>());
        PublishedTensor? constant = null;
        foreach (var field in node.Fields())
        {
            switch (field.Number)
            {
                case 1:
                    inputs.Add(field.Text);
                    break;
                case 2:
                    outputs.Add(field.Text);
                    break;
                case 4:
                    operation = field.Text;
                    break;
                case 5:
                    constant = AddAttribute(field, numbers) ?? constant;
                    break;
                default:
                    break;
            }
        }

        if (operation == "Constant" && constant is not null && outputs is [var name])
            tensors.Add(constant with { Stored = name, Name = name });
        return new OnnxNode(operation, inputs, outputs, numbers);
    }

    private static PublishedTensor? AddAttribute(ProtobufField attribute, Dictionary<string, long> numbers)
    {
        var (name, number, tensor) = ("", (long?)null, (PublishedTensor?)null);
        foreach (var field in attribute.Fields())
        {
            switch (field.Number)
            {
                case 1:
                    name = field.Text;
                    break;
                case 3:
                    field.Expect(ProtobufType.Varint);
                    number = (long)field.Value;
                    break;
                case AttributeTensor:
                    tensor = OnnxTensor.Read(field);
                    break;
                default:
                    break;
            }
        }

        if (number is { } value)
            numbers[name] = value;
        return tensor;
    }
}
