using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Rows (batch, numbers and keys) to the embedded numbers and the vectors of the keys.</summary>
/// <param name="numberCount">Numbers in front of the keys.</param>
/// <param name="numbers">Embeds them; null where they stay as they are.</param>
/// <param name="tables">Those of the keys.</param>
internal sealed class EmbeddingPass(int numberCount, InputPass? numbers, IReadOnlyList<KeyTablePass> tables)
    : InputPass(numberCount + tables.Count, (numbers?.Outputs ?? numberCount) + tables.Sum(table => table.Size))
{
    private int NumberOutputs => numbers?.Outputs ?? numberCount;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        var plain = input.Block(0, 0, input.Rows, numberCount);
        if (numbers is not null)
            numbers.Forward(plain, output.Block(0, 0, input.Rows, NumberOutputs), isTraining);
        else
            plain.CopyTo(output);
        var column = NumberOutputs;
        for (var i = 0; i < tables.Count; i++)
        {
            tables[i].Forward(input.Block(0, numberCount + i, input.Rows, 1), output.Block(0, column, input.Rows, tables[i].Size), isTraining);
            column += tables[i].Size;
        }
    }

    protected override void Backward(Matrix gradient)
    {
        numbers?.Backward(gradient.Block(0, 0, gradient.Rows, NumberOutputs), inputGradient: null);
        var column = NumberOutputs;
        foreach (var table in tables)
        {
            table.Backward(gradient.Block(0, column, gradient.Rows, table.Size));
            column += table.Size;
        }
    }
}
