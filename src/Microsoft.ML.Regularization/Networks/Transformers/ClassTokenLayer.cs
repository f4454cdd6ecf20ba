using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Puts a learned token, the same in all rows, in front of tokens (batch, tokens, width). It is not decayed.</summary>
internal sealed class ClassTokenLayer : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "token")]
    private readonly Parameter _token;

    /// <param name="token">(1, width).</param>
    public ClassTokenLayer(Tensor token)
        : base(nameof(ClassTokenLayer))
    {
        _token = ModuleParameter.Of(token);
        register_parameter("token", _token);
    }

    /// <summary>Where it is.</summary>
    public ParameterMemory Memory => new(_token);

    public override Tensor forward(Tensor input) => cat([_token.expand(input.shape[0], 1, input.shape[2]), input], 1);
}
