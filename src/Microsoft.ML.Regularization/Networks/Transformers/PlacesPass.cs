using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Puts the class token in front of each sequence, where there is one, and adds to each token the vector of its place.</summary>
/// <param name="width">Numbers of a token.</param>
/// <param name="places">(places, width).</param>
/// <param name="classToken">(1, width); null for none.</param>
/// <param name="tokens">The tokens.</param>
internal sealed unsafe class PlacesPass(int width, ParameterMemory places, ParameterMemory? classToken, TokenRows tokens) : RowPass(width, width)
{
    public override bool Learns => places.Learns || classToken is { Learns: true };

    public override int BeginForward(Matrix input) => tokens.Rows;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        var embedded = 0;
        for (var row = 0; row < tokens.Rows; row++)
        {
            var token = IsClassToken(row) ? new Span<float>(classToken!.Values, Inputs) : input.RowSpan(embedded++);
            TensorPrimitives.Add(token, VectorOf(places.Values, row), output.RowSpan(row));
        }
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        var embedded = 0;
        for (var row = 0; row < tokens.Rows; row++)
        {
            var given = gradient.RowSpan(row);
            if (places.Learns)
                Add(given, VectorOf(places.Gradients, row));
            if (!IsClassToken(row))
            {
                if (inputGradient is { } before)
                    given.CopyTo(before.RowSpan(embedded++));
            }
            else if (classToken!.Learns)
            {
                Add(given, new Span<float>(classToken.Gradients, Inputs));
            }
        }
    }

    private static void Add(ReadOnlySpan<float> gradient, Span<float> sum) => TensorPrimitives.Add(sum, gradient, sum);

    private bool IsClassToken(int row) => tokens.HasClassToken && tokens.PlaceOf(row) == 0;

    private Span<float> VectorOf(float* vectors, int row) => new(vectors + (nint)tokens.PlaceOf(row) * Inputs, Inputs);
}
