using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

/// <summary>The recurrent networks of the tests, and what they read.</summary>
public static class RecurrentNetworks
{
    internal static readonly InputLayout Numbers = new() { Numbers = 15, Steps = 5 };
    internal static readonly InputLayout Text = new() { Text = new TextInput(MaxLength: 8, Vocabulary: 9) };

    public static IEnumerable<object[]> Kinds => [[new LstmArchitecture()], [new GruArchitecture()]];

    public static IEnumerable<object[]> Shapes =>
        from kind in new RecurrentArchitecture[] { new LstmArchitecture(), new GruArchitecture() }
        from layers in new[] { 1, 2 }
        from bidirectional in new[] { false, true }
        from pooling in Enum.GetValues<SequencePooling>()
        select new object[] { kind with { HiddenSize = 4, Layers = layers, Bidirectional = bidirectional, Pooling = pooling, EmbeddingSize = 3 } };

    internal static Network Create(RecurrentArchitecture architecture, InputLayout input, Dropout? dropout = null, int outputs = 2) =>
        architecture.CreateNetwork(input, outputs, new NetworkBuilder(new RegularizationRecipe { Dropout = dropout }, RandomKey.FromSeed(7)));

    internal static torch.Tensor Tokens(params int[][] texts)
    {
        var rows = torch.zeros(texts.Length, 8);
        for (var row = 0; row < texts.Length; row++)
        {
            for (var step = 0; step < texts[row].Length; step++)
                rows[row, step] = texts[row][step];
        }

        return rows;
    }

    internal static torch.Tensor Rows(int rows, int columns) => torch.arange(rows * columns, dtype: torch.ScalarType.Float32).mul(0.7).sin().view(rows, columns);
}
