using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Microsoft.ML.Regularization.Tests.Advice;

/// <summary>Compiles the statements that advice writes, as a user's project would: implicit usings, and those of ML.NET.</summary>
internal static class CompiledCode
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Runs the statements on rows, and gives the metrics that they measure.</summary>
    public static object Run(string statements, IDataView data)
    {
        using var stream = Compile(statements);
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        try
        {
            return context.LoadFromStream(stream).GetType("Program")!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [data])!;
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>The assembly of the statements; errors and warnings fail the test.</summary>
    public static MemoryStream Compile(string statements)
    {
        var source = $$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using Microsoft.ML;
            using Microsoft.ML.Data;
            using Microsoft.ML.Regularization;

            public static class Program
            {
                public static object Run(IDataView data)
                {
            {{statements}}
                    return metrics;
                }
            }
            """;
        var compilation = CSharpCompilation.Create(
            $"Advised{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(source)], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        var messages = result.Diagnostics.Where(message => message.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.IsEmpty(messages, string.Join(Environment.NewLine, messages) + Environment.NewLine + statements);
        stream.Position = 0;
        return stream;
    }
}
