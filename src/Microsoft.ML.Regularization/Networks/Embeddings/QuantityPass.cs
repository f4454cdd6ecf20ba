using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of <see cref="EmbeddedNumbers"/> that leave flags out: the vectors of quantities, and flags behind them.</summary>
internal sealed unsafe class QuantityPass : InputPass
{
    private const int RowsOfPart = 64;

    private readonly InputPass _embedding;
    private readonly int[] _quantities;
    private readonly int[] _flags;
    private readonly KeptRows _kept;
    private readonly KeptWork _work;
    private Matrix _input;
    private Matrix _embedded;
    private Matrix _passed;

    /// <param name="embedding">Embeds the quantities.</param>
    /// <param name="quantities">Their places in a row.</param>
    /// <param name="flags">Those of the flags.</param>
    public QuantityPass(InputPass embedding, int[] quantities, int[] flags)
        : base(quantities.Length + flags.Length, embedding.Outputs + flags.Length)
    {
        (_embedding, _quantities, _flags) = (embedding, quantities, flags);
        _kept = new KeptRows(quantities.Length);
        _work = new KeptWork(RowsOfPart, Share);
    }

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _embedded) = (input, _kept.Of(input.Rows));
        _passed = output.Block(0, _embedding.Outputs, input.Rows, _flags.Length);
        _work.RunAll(input.Rows);
        _embedding.Forward(_embedded, output.Block(0, 0, input.Rows, _embedding.Outputs), isTraining);
    }

    protected override void Backward(Matrix gradient) =>
        _embedding.Backward(gradient.Block(0, 0, gradient.Rows, _embedding.Outputs), inputGradient: null);

    private void Share(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            Gather(_input.At(row, 0), _quantities, _embedded.At(row, 0));
            Gather(_input.At(row, 0), _flags, _passed.At(row, 0));
        }
    }

    private static void Gather(float* row, int[] places, float* target)
    {
        for (var i = 0; i < places.Length; i++)
            target[i] = row[places[i]];
    }
}
